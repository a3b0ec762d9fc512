import { ownCommunities, type Message, type MessagePage, type OwnAccount } from '@parley/contract';
import { channelOf, communityOf } from '../../workspace-fixtures.js';
import { ADA, fakeServer, nothing, ok, SET_UP, type FakeServer } from './fake-server.js';

export const WRITES = ['view_channel', 'read_history', 'send_messages', 'add_reactions'];
export const LIST = 'GET /api/v1/channels/general/messages*';
export const POST = 'POST /api/v1/channels/general/messages';
export const BOB = { id: 'bob', name: 'bob' };

/** A server with a channel in which this is written, for ada. */
export function serverWith(messages: Message[], permissions = WRITES): FakeServer {
  const community = communityOf('kitchen', {
    name: 'Kitchen',
    channels: [channelOf('general', { permissions }), channelOf('news', { position: 1 })],
  });
  return fakeServer({
    'GET /api/v1/me': () => ok<OwnAccount>(ADA),
    'GET /api/v1/setup': SET_UP,
    'GET /api/v1/communities': () => ok<object>(ownCommunities.parse({ communities: [community] })),
    'GET /api/v1/communities/kitchen': () => ok<object>(community),
    'GET /api/v1/me/unread': () => ok<object>({ channels: [] }),
    [LIST]: () => ok<MessagePage>({ messages, older: false, newer: false }),
    'POST /api/v1/channels/general/read': nothing,
  });
}
