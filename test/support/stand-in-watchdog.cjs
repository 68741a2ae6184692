#!/usr/bin/env node
// Stands in for of-watchdog in http mode, where its image cannot be pulled: forks the function, passes port 8080 on to it,
// keeps the lock file while it listens, and tells the function of SIGTERM.
const { spawn } = require('node:child_process');
const { rmSync, writeFileSync } = require('node:fs');
const { createServer, request } = require('node:http');

const LOCK = '/tmp/.lock';
const { fprocess = '', mode, upstream_url: upstream = '' } = process.env;
if (mode !== 'http') throw new Error(`mode=${mode}`);

const [command = '', ...args] = fprocess.split(' ');
const child = spawn(command, args, { stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));
process.on('SIGTERM', () => {
  rmSync(LOCK);
  child.kill('SIGTERM');
});

createServer((incoming, outgoing) => {
  const { method, url = '/', headers } = incoming;
  const forwarded = request(new URL(url, upstream), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(outgoing);
  });
  forwarded.on('error', () => outgoing.writeHead(500).end());
  incoming.pipe(forwarded);
}).listen(8080, () => writeFileSync(LOCK, ''));
