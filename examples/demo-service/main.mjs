import { createDemoService } from './demo-service.mjs';

const server = createDemoService();
server.listen(Number(process.env.PORT || 8080), () => console.log('Serving', server.address()));

process.once('SIGTERM', () => {
  server.close();
  server.closeIdleConnections();
});
