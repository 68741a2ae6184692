import { expect } from 'chai';
import fc from 'fast-check';
import type { Notification } from '#core/notifications/notification.ts';
import { slackMessage } from '#core/notifications/slack.ts';

const notificationOf = (parts: Partial<Notification> = {}): Notification => ({
  status: 'success',
  alertname: 'scale_service',
  service: 'go-demo_main',
  request: 'Scale service up: go-demo_main',
  summary: 'Scaling go-demo_main from 2 to 4 replicas (min: 2, max: 5)',
  ...parts,
});

const many = (count: number, status: Notification['status']) =>
  Array.from({ length: count }, (_, n) => notificationOf({ status, summary: `${status} ${n}` }));

describe('a message for Slack', () => {
  it('has the title and text of the tutorial', () => {
    expect(slackMessage([notificationOf()])).to.deep.equal({
      attachments: [
        {
          color: 'good',
          title: 'scale_service: Scale service up: go-demo_main',
          text: 'Scaling go-demo_main from 2 to 4 replicas (min: 2, max: 5)',
          fallback:
            'scale_service: Scale service up: go-demo_main\nScaling go-demo_main from 2 to 4 replicas (min: 2, max: 5)',
        },
      ],
    });
  });

  it('is coloured by status, the worst first', () => {
    const statuses = ['success', 'pending', 'error'] as const;
    const { attachments } = slackMessage(statuses.map((status) => notificationOf({ status })));
    expect(attachments.map(({ color }) => color)).to.deep.equal(['danger', 'warning', 'good']);
  });

  it('holds all of one status together, a line for each', () => {
    const { attachments } = slackMessage(many(3, 'error'));
    expect(attachments).to.have.lengthOf(1);
    expect(attachments[0]).to.include({
      title: 'scale_service: 3 with status error',
      text: 'error 0\nerror 1\nerror 2',
    });
  });

  it('has twenty lines at the most, and says how many were left out', () => {
    const lines = (notifications: readonly Notification[]) =>
      slackMessage(notifications).attachments.flatMap(({ text }) => text.split('\n'));
    expect(lines(many(20, 'success'))).to.have.lengthOf(20);
    const cut = lines([...many(15, 'success'), ...many(4, 'pending'), ...many(2, 'error')]);
    expect(cut).to.have.lengthOf(20);
    expect(cut.slice(0, 3)).to.deep.equal(['error 0', 'error 1', 'pending 0']);
    expect(cut.at(-1)).to.equal('… and 2 more');
    expect(lines(many(500, 'error')).at(-1)).to.equal('… and 481 more');
  });

  it('escapes what Slack would read as a link or a mention', () => {
    const { attachments } = slackMessage([
      notificationOf({
        request: 'Scale <!channel> & <http://evil|click>',
        summary: '&amp; <@U1> a>b',
        alertname: 'a<b',
      }),
    ]);
    expect(attachments[0]).to.include({
      title: 'a&lt;b: Scale &lt;!channel&gt; &amp; &lt;http://evil|click&gt;',
      text: '&amp;amp; &lt;@U1&gt; a&gt;b',
    });
  });

  it('has values cut at 200 characters before they are escaped, and on one line', () => {
    const { attachments } = slackMessage([notificationOf({ summary: `${'<'.repeat(300)}\nsecond line` })]);
    expect(attachments[0]?.text).to.equal(`${'&lt;'.repeat(199)}…`);
    const short = slackMessage([notificationOf({ summary: 'one\r\ntwo\u0007' })]);
    expect(short.attachments[0]?.text).to.equal('one two ');
  });

  it('never has a tag, a control character or more than twenty lines, whatever is told', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 250, size: 'small' });
    const notification = fc.record<Notification>({
      status: fc.constantFrom('success', 'error', 'pending'),
      alertname: anyText,
      service: anyText,
      request: anyText,
      summary: anyText,
    });
    fc.assert(
      fc.property(fc.array(notification, { minLength: 1, maxLength: 30 }), (notifications) => {
        const { attachments } = slackMessage(notifications);
        const texts = attachments.flatMap(({ title, text }) => [title, ...text.split('\n')]);
        for (const line of texts) expect(line).to.match(/^[^<>\p{Cc}]*$/u);
        expect(attachments.flatMap(({ text }) => text.split('\n')).length).to.be.at.most(20);
      }),
      { numRuns: 20 },
    );
  });
});
