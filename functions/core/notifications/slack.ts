import { printable } from '#core/values.ts';
import { type Channel, type Fetch, postJson } from './channel.ts';
import type { Notification } from './notification.ts';

/** @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export interface SlackMessage {
  readonly attachments: readonly SlackAttachment[];
}

export interface SlackAttachment {
  readonly color: 'good' | 'danger' | 'warning';
  readonly fallback: string;
  readonly title: string;
  readonly text: string;
}

const COLORS = { success: 'good', error: 'danger', pending: 'warning' } as const;

const MOST_LINES = 20;

/**
 * One message for all notifications of a call, coloured by status: an attachment for each status, worst first, with a line
 * for each notification, at most 20 lines in all.
 */
export function slackMessage(notifications: readonly Notification[]): SlackMessage {
  const byStatus = (['error', 'pending', 'success'] as const).map((status) =>
    notifications.filter((one) => one.status === status),
  );
  const isCut = notifications.length > MOST_LINES;
  let room = isCut ? MOST_LINES - 1 : MOST_LINES;
  const attachments: SlackAttachment[] = [];
  for (const group of byStatus) {
    const shown = group.slice(0, room);
    room -= shown.length;
    if (shown.length > 0) attachments.push(attachment(shown));
  }
  const last = attachments.at(-1);
  if (isCut && last) {
    const rest = `… and ${notifications.length - MOST_LINES + 1} more`;
    attachments[attachments.length - 1] = { ...last, text: `${last.text}\n${rest}` };
  }
  return { attachments };
}

function attachment(group: readonly Notification[]): SlackAttachment {
  const [first] = group as [Notification];
  const title =
    group.length === 1
      ? `${escapeMrkdwn(first.alertname)}: ${escapeMrkdwn(first.request)}`
      : `${escapeMrkdwn(first.alertname)}: ${group.length} with status ${first.status}`;
  const text = group.map(({ summary }) => escapeMrkdwn(summary)).join('\n');
  return { color: COLORS[first.status], fallback: `${title}\n${text}`, title, text };
}

/** @see https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escapeMrkdwn(value: string): string {
  return printable(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function createSlackChannel(url: string, fetch: Fetch): Channel {
  return {
    name: 'slack',
    takesWebhooks: true,
    async deliver({ notifications }, signal) {
      await postJson(fetch, url, slackMessage(notifications), signal);
    },
  };
}
