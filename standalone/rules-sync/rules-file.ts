import { open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The file that Prometheus reads. */
export interface RulesFile {
  readonly path: string;
  /** Undefined where there is none. */
  read(): Promise<string | undefined>;
  /** Replaces the file as a whole, or with undefined removes it: whoever reads it sees the old text or the new one. */
  write(text: string | undefined): Promise<void>;
}

/** Prometheus is another user in another container. */
const READABLE_BY_ALL = 0o644;

export function createRulesFile(path: string): RulesFile {
  // In the same folder, or it could not be renamed; with a name that no rule_files of `*.yml` matches.
  const draft = join(dirname(path), `.${basename(path)}.new`);
  return {
    path,

    async read() {
      try {
        return await readFile(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },

    async write(text) {
      if (text === undefined) {
        await rm(path, { force: true });
        return;
      }
      await writeDraft(draft, text);
      await rename(draft, path);
    },
  };
}

async function writeDraft(draft: string, text: string): Promise<void> {
  const file = await open(draft, 'w');
  try {
    await file.writeFile(text);
    // Whatever the umask is.
    await file.chmod(READABLE_BY_ALL);
    // Else a crash of the machine could leave the new name without the new text.
    await file.sync();
  } finally {
    await file.close();
  }
}
