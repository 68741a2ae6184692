/** Stands where Slack would: takes the messages of incoming webhooks and prints them, one a line. */
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

const server = createServer(async (request, response) => {
  try {
    const { attachments } = /** @type {{ attachments: Record<string, string>[] }} */ (await json(request));
    for (const { color, title, text } of attachments) console.log(JSON.stringify({ color, title, text }));
    response.end('ok');
  } catch {
    response.writeHead(400).end('invalid_payload');
  }
});
server.listen(8080);

process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
