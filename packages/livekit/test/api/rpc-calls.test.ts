import { DataPacket, DataPacket_Kind } from '@livekit/protocol';
import type { PartialMessage } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { callApi } from '../support/api-client.js';
import { Harness } from '../support/harness.js';

const REQUEST = { room: 'lobby', destination_identity: 'alice', method: 'greet', payload: 'Bob' };

/** A participant with a reliable channel, and what the server sends over it. */
async function participant(harness: Harness, identity: string) {
  const client = await harness.join(identity);
  const transport = client.publisherTransport;
  const { channel, sent } = transport?.openChannel('_reliable') ?? {};
  return {
    client,
    packets: () => (sent ?? []).map((bytes) => DataPacket.fromBinary(bytes)),
    send: (value: PartialMessage<DataPacket>['value']) => {
      const packet = new DataPacket({ kind: DataPacket_Kind.RELIABLE, ...(value && { value }) });
      if (channel) transport?.observer.onMessage(channel, packet.toBinary(), true);
    },
  };
}

/** Makes the call and waits until the request is on its way. */
async function start(harness: Harness, alice: Awaited<ReturnType<typeof participant>>, request = {}) {
  const answer = callApi(harness, 'PerformRpc', { ...REQUEST, ...request });
  await expect.poll(() => alice.packets()).toHaveLength(1);
  const value = alice.packets()[0]?.value;
  if (value?.case !== 'rpcRequest') throw new Error('no request has come');
  return { answer, request: value.value };
}

test('the request goes to the participant and its payload comes back', async () => {
  const harness = new Harness();
  const alice = await participant(harness, 'alice');
  const { answer, request } = await start(harness, alice, { response_timeout_ms: 5000 });
  expect(request).toMatchObject({ method: 'greet', payload: 'Bob', responseTimeoutMs: 5000, version: 1 });
  const requestId = request.id;
  alice.send({ case: 'rpcAck', value: { requestId } });
  harness.advance(4999);
  alice.send({ case: 'rpcResponse', value: { requestId, value: { case: 'payload', value: 'Hello' } } });
  expect(await answer).toMatchObject({ status: 200, json: { payload: 'Hello' } });
});

test('an answer from somebody else settles nothing, and is relayed as any', async () => {
  const harness = new Harness();
  const alice = await participant(harness, 'alice');
  const mallory = await participant(harness, 'mallory');
  const { answer, request } = await start(harness, alice);
  const requestId = request.id;
  mallory.send({ case: 'rpcResponse', value: { requestId, value: { case: 'payload', value: 'forged' } } });
  expect(alice.packets().at(-1)).toMatchObject({ participantIdentity: 'mallory' });
  alice.send({ case: 'rpcResponse', value: { requestId, value: { case: 'payload', value: 'real' } } });
  expect((await answer).json).toEqual({ payload: 'real' });
  expect(mallory.packets()).toEqual([]);
});

test.each([
  [1400, 'Method not supported at destination', 400, 'invalid_argument'],
  [1500, 'Application error in method handler', 500, 'internal'],
  [101, 'out of tea', 500, 'unknown'],
])('error %i of the participant comes back as its Twirp code', async (code, message, status, twirpCode) => {
  const harness = new Harness();
  const alice = await participant(harness, 'alice');
  const { answer, request } = await start(harness, alice);
  const value = { code, message, data: 'more' };
  alice.send({ case: 'rpcResponse', value: { requestId: request.id, value: { case: 'error', value } } });
  const json = { code: twirpCode, msg: `RpcError ${code}: ${message}: more` };
  expect(await answer).toMatchObject({ status, json });
});

test('whoever does not acknowledge within 7 s, does not answer in time, or leaves fails the call', async () => {
  const harness = new Harness();
  const alice = await participant(harness, 'alice');
  const silent = await start(harness, alice);
  harness.advance(7000);
  expect(await silent.answer).toMatchObject({
    status: 408,
    json: { msg: 'RpcError 1501: Connection timeout' },
  });

  const bob = await participant(harness, 'bob');
  const slow = await start(harness, bob, { destination_identity: 'bob' });
  bob.send({ case: 'rpcAck', value: { requestId: slow.request.id } });
  harness.advance(15_000);
  expect(await slow.answer).toMatchObject({ status: 408, json: { msg: 'RpcError 1502: Response timeout' } });

  const carol = await participant(harness, 'carol');
  const gone = await start(harness, carol, { destination_identity: 'carol' });
  carol.client.tell({ case: 'leave', value: {} });
  harness.advance();
  expect(await gone.answer).toMatchObject({
    status: 503,
    json: { msg: 'RpcError 1503: Recipient disconnected' },
  });
});

test('a request that is too long, or goes to nobody, is refused at once', async () => {
  const harness = new Harness();
  const alice = await participant(harness, 'alice');
  const long = await callApi(harness, 'PerformRpc', { ...REQUEST, payload: 'x'.repeat(15 * 1024 + 1) });
  expect(long).toMatchObject({ status: 400, json: { code: 'malformed' } });
  const nobody = await callApi(harness, 'PerformRpc', { ...REQUEST, destination_identity: '' });
  expect(nobody.json).toMatchObject({ code: 'invalid_argument', meta: { argument: 'destination_identity' } });
  expect(alice.packets()).toEqual([]);
});
