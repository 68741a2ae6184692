import { expect } from 'chai';
import { errorOfAnswer, errorOfTransport } from '#core/swarm/engine-errors.ts';
import type { SwarmErrorKind } from '#core/swarm/swarm.ts';

const words = (message: string) => JSON.stringify({ message });

describe('an error that the engine answers', () => {
  const answers: readonly [string, number, string, SwarmErrorKind][] = [
    ['of no such service', 404, words('service web not found'), 'not-found'],
    ['of a lost race', 500, words('rpc error: code = Unknown desc = update out of sequence'), 'conflict'],
    ['of a bad spec', 400, words('invalid JSON'), 'refused'],
    ['of a proxy that forbids the call', 403, '<html>Forbidden</html>', 'refused'],
    ['of any other failure', 500, words('rpc error: code = DeadlineExceeded'), 'unanswered'],
    ['of a proxy that gave up', 504, 'upstream timed out', 'unanswered'],
    [
      'of an engine outside a Swarm',
      503,
      words('This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" …'),
      'not-a-manager',
    ],
    [
      'of a worker',
      503,
      words("This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state."),
      'not-a-manager',
    ],
    [
      'of a locked manager',
      503,
      words('Swarm is encrypted and needs to be unlocked before it can be used.'),
      'not-a-manager',
    ],
    [
      'of a manager that lost its leader in the middle of an update, which may have been made',
      503,
      words('rpc error: code = Unavailable desc = transport is closing'),
      'unanswered',
    ],
  ];
  for (const [what, status, answer, kind] of answers) {
    it(`${what} is ${kind}`, () => expect(errorOfAnswer(status, answer)).to.include({ kind }));
  }

  it("carries the engine's own words, on one line", () => {
    expect(errorOfAnswer(400, words('bad\nspec')).message).to.equal(
      'The engine refused (HTTP 400): bad spec',
    );
    expect(errorOfAnswer(502, 'Bad Gateway').message).to.equal('The engine failed (HTTP 502): Bad Gateway');
    expect(errorOfAnswer(500, '{"message":7}').message).to.equal(
      'The engine failed (HTTP 500): {"message":7}',
    );
  });
});

describe('an engine that does not answer', () => {
  const errorOf = (code: string) => Object.assign(new Error(`connect ${code} /sock`), { code });

  for (const code of ['ECONNREFUSED', 'ENOENT', 'EACCES', 'ENOTFOUND', 'EHOSTUNREACH']) {
    it(`cannot be reached: ${code}`, () => {
      expect(errorOfTransport(errorOf(code), undefined)).to.include({ kind: 'unreachable' });
    });
  }

  for (const code of ['ECONNRESET', 'EPIPE', 'HPE_INVALID_CONSTANT']) {
    it(`may have done what it was asked: ${code}`, () => {
      expect(errorOfTransport(errorOf(code), undefined)).to.include({ kind: 'unanswered' });
    });
  }

  it('hangs', () => {
    const error = errorOfTransport(new Error('aborted'), 2500);
    expect(error).to.include({ kind: 'unanswered', message: 'The engine did not answer within 2s500ms' });
  });

  it('is told with what to look at', () => {
    expect(errorOfTransport(errorOf('EACCES'), undefined).message).to.match(/group of the Docker socket/);
    expect(errorOfTransport(errorOf('ENOENT'), undefined).message).to.match(/is the Docker socket mounted/);
  });
});
