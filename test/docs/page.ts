import { existsSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../docs/', import.meta.url);

/** A page of docs/, as text. */
export const readPage = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

/** One command of a `console` block, and what the page says that it prints. */
export interface Example {
  readonly command: string;
  readonly output: string;
}

/** The commands of all `console` blocks, in the order of the page. */
export function examplesOf(page: string): readonly Example[] {
  return blocksOf(page, 'console').flatMap((block) =>
    block
      .split(/^ *\$ /m)
      .slice(1)
      .map((example) => {
        const [, command = '', output = ''] = /^((?:.*\\\n)*.*)\n?([\s\S]*)$/.exec(example) ?? [];
        return { command, output: output.trim() };
      }),
  );
}

/** The code blocks of one language, without their fences. */
const blocksOf = (page: string, language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^ *\`\`\`${language}\n(.*?)^ *\`\`\``, 'gms'))].map(([, text = '']) => text);

/** The cells of all rows of tables whose first cell is code, without their backquotes. */
export const rowsOf = (page: string): readonly (readonly string[])[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(2, -2).split(' | '))
    .map((cells) => cells.map((cell) => cell.replace(/^`([^`]*)`$/, '$1')));

/** The relative links of a page that lead to no file, or to no heading in it. */
export function brokenLinks(page: string): readonly string[] {
  const links = [...page.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => !/^https?:/.test(link) && !resolves(link, page));
}

function resolves(link: string, page: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = new URL(path, FOLDER);
  if (path !== '' && !existsSync(file)) return false;
  return anchor === undefined || anchorsOf(path === '' ? page : readFileSync(file, 'utf8')).includes(anchor);
}

/** As GitHub makes them of headings. */
const anchorsOf = (page: string): readonly string[] =>
  [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
