import { styleText } from 'node:util';
import type { SlackAttachment, SlackMessage } from '#core/notifications/slack.ts';

/** How the demo looks on a terminal. */

const SLACK_BARS = { good: 'green', warning: 'yellow', danger: 'red' } as const;

export function printTitle(number: number, title: string): void {
  console.log(`\n${styleText('bold', `${number}. ${title}`)}`);
}

export function printBlock(label: string, text: string): void {
  const [first = '', ...rest] = text.split('\n');
  const indent = ' '.repeat(10);
  console.log(`${styleText('dim', label.padEnd(8))}  ${first}`);
  for (const line of rest) console.log(indent + line);
}

export function printSlack(messages: readonly SlackMessage[]): void {
  const attachments = messages.flatMap((message) => message.attachments);
  printBlock('Slack', attachments.length === 0 ? '(nothing)' : attachments.map(describe).join('\n'));
}

function describe({ color, title, text }: SlackAttachment): string {
  const bar = styleText(SLACK_BARS[color], '┃');
  return [styleText('bold', title), ...text.split('\n')].map((line) => `${bar} ${line}`).join('\n');
}
