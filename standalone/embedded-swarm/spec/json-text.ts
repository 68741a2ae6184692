import type { Node } from 'jsonc-parser';

/**
 * An object's JSON from members that are JSON texts already; undefined ones are left out. That is how a spec stays the text
 * that it was: JSON.stringify would need it parsed, and its 64-bit numbers rounded.
 */
export function objectText(members: Readonly<Record<string, string | undefined>>): string {
  const present = Object.entries(members).filter(([, text]) => text !== undefined);
  return `{${present.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`;
}

/** A value's text with sorted members and without white space: equal for equal values, and numbers stay as written. */
export function canonicalText(text: string, node: Node): string {
  const children = node.children ?? [];
  switch (node.type) {
    case 'object':
      return `{${children
        .map((member) => canonicalText(text, member))
        .sort()
        .join(',')}}`;
    case 'property':
      return children.map((child) => canonicalText(text, child)).join(':');
    case 'array':
      return `[${children.map((child) => canonicalText(text, child)).join(',')}]`;
    case 'string':
      return JSON.stringify(node.value);
    default:
      return text.slice(node.offset, node.offset + node.length);
  }
}
