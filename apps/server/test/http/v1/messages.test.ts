import { message } from '@parley/contract';
import type { Message } from '@parley/contract';
import { newId } from '@parley/workspace';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { NOT_THERE, startChat } from './chat.js';
import { problemOf } from './client.js';

describe('writing', () => {
  test('a message comes back with its author, is listed for all, and is told to who sees the channel', async () => {
    const { ann, bob, say, page, told, general, communityId, clock } = await startChat();
    const said = await say(ann, ' Hello, **kitchen** ', { nonce: 'n1' });
    expect(said).toMatchObject({
      ...{ text: 'Hello, **kitchen**', author: { id: ann.id, name: 'ann' }, channel_id: general },
      ...{ edited_at: null, deleted: false, reply_to: null, forwarded: null, reactions: [], thread: null },
      created_at: new Date(clock.now).toISOString(),
    });
    expect((await page(bob)).messages).toEqual([said]);
    const { text, id } = said;
    expect(told).toMatchObject([
      {
        type: 'message_created',
        payload: { message: { id, text }, nonce: 'n1' },
        audience: { communityId, channelId: general },
      },
    ]);
  });

  test('sending again answers the same message, also when both are sent at once', async () => {
    const { ann, bob, send, texts, told } = await startChat();
    const answers = await Promise.all([
      send(ann, 'Once', { nonce: 'n1' }),
      send(ann, 'Once', { nonce: 'n1' }),
      send(bob, 'Mine', { nonce: 'n1' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    const [one, same, other] = answers.map(({ body }) => message.parse(body).id);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
    expect(message.parse((await send(ann, 'Changed my mind', { nonce: 'n1' })).body)).toMatchObject({
      id: one,
    });
    expect((await texts(ann)).sort()).toEqual(['Mine', 'Once']);
    expect(told).toHaveLength(2);
  });

  test('a nonce is for one channel', async () => {
    const { ann, send, addChannel } = await startChat();
    await send(ann, 'Here', { nonce: 'n1' });
    const answer = await send(ann, 'There', { nonce: 'n1' }, await addChannel('other'));
    expect(answer.status).toBe(409);
    expect(problemOf(answer)).toMatchObject({ code: 'conflict', field: 'nonce' });
  });

  test('what is no message is refused, and nothing is written', async () => {
    const { ann, send, texts, failed } = await startChat();
    const wrong = [
      ...[
        '',
        ' \n\u200b',
        'a\u0000b',
        '\u001b[31mred',
        '\ud800',
        'x'.repeat(4001),
        `Z${'\u0300'.repeat(9)}`,
        7,
      ].map((text) => ({ text })),
      ...[{ nonce: '' }, { nonce: 'n 1' }, { thread_id: 'x' }, { reply_to_id: 'x' }],
    ];
    for (const one of wrong) {
      const answer = await send(ann, 'Fine', one);
      expect(answer.status, JSON.stringify(one)).toBe(400);
      expect(problemOf(answer)).toMatchObject({ code: 'invalid_request', field: Object.keys(one)[0] });
    }
    expect(await texts(ann)).toEqual([]);
    expect(failed).toEqual([]);
  });

  test('letters are composed, lines end alike, and no direction of writing reaches beyond its line', async () => {
    const { ann, say } = await startChat();
    expect((await say(ann, 'Cafe\u0301\r\n\u202e1\u2067two\nthree\u2069')).text).toBe(
      'Caf\u00e9\n1\u2067two\u2069\nthree',
    );
    expect((await say(ann, '\u{1f600}'.repeat(4000))).text).toHaveLength(8000);
  });

  test('what one may not see does not exist, and who may only read is told so', async () => {
    const { ann, bob, eve, send, overwrite, general, channelNamed, addChannel, client, texts } =
      await startChat();
    const hidden = await addChannel('hidden');
    await overwrite(hidden, ann, ['view_channel']);
    const missing = problemOf(await send(ann, 'Hm', {}, NOT_THERE));
    expect(missing).toMatchObject({ status: 404, code: 'not_found' });
    expect(problemOf(await send(ann, 'Hm', {}, hidden))).toEqual(missing);
    expect(problemOf(await send(eve, 'Hm'))).toEqual(missing);
    expect(problemOf(await eve.client.get(`channels/${general}/messages`))).toEqual(missing);
    expect(problemOf(await ann.client.get(`channels/x/messages`)).status).toBe(404);
    const readOnly = await send(bob, 'Hm', {}, await channelNamed('announcements'));
    expect(problemOf(readOnly)).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await client().post(`channels/${general}/messages`, { text: 'Hm', nonce: 'n' })).status).toBe(
      401,
    );
    expect(await texts(bob)).toEqual([]);
  });

  test('in an archived channel nobody writes, and everybody reads', async () => {
    const { olga, ann, send, say, texts, db, general, clock } = await startChat();
    await say(ann, 'Before');
    await db
      .updateTable('channels')
      .set({ archived_at: new Date(clock.now) })
      .where('id', '=', general)
      .execute();
    const answer = await send(olga, 'After');
    expect(problemOf(answer)).toMatchObject({ status: 403, title: 'The channel is archived.' });
    expect(await texts(ann)).toEqual(['Before']);
  });

  test('a category is no channel to write in', async () => {
    const { olga, send, db, general } = await startChat();
    const row = {
      name: 'Group',
      position: 7,
      archived_at: null,
      created_at: new Date(0),
      kind: 'category',
    } as const;
    const { community_id } = await db
      .selectFrom('channels')
      .select('community_id')
      .where('id', '=', general)
      .executeTakeFirstOrThrow();
    await db
      .insertInto('channels')
      .values({ ...row, id: NOT_THERE, community_id })
      .execute();
    expect((await send(olga, 'Hm', {}, NOT_THERE)).status).toBe(404);
  });

  test('in slow mode one waits, also with two devices at once; moderators do not', async () => {
    const { olga, ann, bob, send, say, db, general, clock } = await startChat();
    await db.updateTable('channels').set({ slow_mode: 30 }).where('id', '=', general).execute();
    const both = await Promise.all([send(ann, 'One'), send(ann, 'Two')]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 429]);
    const late = await send(ann, 'Three');
    expect(problemOf(late)).toMatchObject({ code: 'slow_mode' });
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(late.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    await say(bob, 'Mine');
    await say(olga, 'One');
    await say(olga, 'Two');
    clock.now += 30_000;
    await say(ann, 'Three');
  });

  test('who floods a channel waits, and others do not', async () => {
    const { ann, bob, send, say, clock } = await startChat();
    const began = clock.now;
    const flood = async () => {
      clock.now = began;
      return send(ann, 'Spam');
    };
    const statuses = [];
    for (let count = 0; count < 21; count += 1) statuses.push((await flood()).status);
    expect(statuses.slice(0, 20).every((status) => status === 201)).toBe(true);
    const refused = await flood();
    expect(problemOf(refused)).toMatchObject({ status: 429, code: 'too_many_requests' });
    expect(refused.headers.get('retry-after')).toBe('1');
    await say(bob, 'Calm');
    clock.now += 10_000;
    await say(ann, 'Calm again');
  });
});

describe('a list', () => {
  async function ten() {
    const chat = await startChat();
    const said: Message[] = [];
    for (let number = 1; number <= 10; number += 1) said.push(await chat.say(chat.ann, String(number)));
    const id = (number: number) => said[number - 1]!.id;
    return { ...chat, id };
  }

  test('is paged from the newest on, to either side, and around a message', async () => {
    const { bob, page, id } = await ten();
    const look = async (query: string) => {
      const { messages, older, newer } = await page(bob, query);
      return [messages.map(({ text }) => text).join(' '), older, newer];
    };
    expect(await look('?limit=3')).toEqual(['8 9 10', true, false]);
    expect(await look('')).toEqual(['1 2 3 4 5 6 7 8 9 10', false, false]);
    expect(await look(`?limit=3&before=${id(4)}`)).toEqual(['1 2 3', false, true]);
    expect(await look(`?limit=3&before=${id(5)}`)).toEqual(['2 3 4', true, true]);
    expect(await look(`?limit=3&after=${id(7)}`)).toEqual(['8 9 10', true, false]);
    expect(await look(`?limit=3&after=${id(6)}`)).toEqual(['7 8 9', true, true]);
    expect(await look(`?limit=4&around=${id(5)}`)).toEqual(['4 5 6 7', true, true]);
    expect(await look(`?limit=4&around=${id(10)}`)).toEqual(['7 8 9 10', true, false]);
    expect(await look(`?limit=4&around=${id(1)}`)).toEqual(['1 2 3', false, true]);
    expect(await look(`?limit=1&around=${id(5)}`)).toEqual(['5', true, true]);
  });

  test('is asked for with a limit, and by one place', async () => {
    const { ann, general } = await startChat();
    const wrong: Record<string, string | undefined> = {
      ...{ 'limit=0': 'limit', 'limit=101': 'limit', 'limit=1.5': 'limit', 'limit=x': 'limit' },
      ...{ 'before=x': 'before', [`before=${NOT_THERE}&after=${NOT_THERE}`]: undefined },
    };
    for (const [query, field] of Object.entries(wrong)) {
      const answer = await ann.client.get(`channels/${general}/messages?${query}`);
      expect(answer.status, query).toBe(400);
      expect(problemOf(answer).field, query).toBe(field);
    }
  });

  test('who may not read what was before is told so', async () => {
    const { ann, overwrite, say, general } = await startChat();
    const { id } = await say(ann, 'Secret');
    await overwrite(general, ann, ['read_history']);
    expect((await ann.client.get(`channels/${general}/messages`)).status).toBe(403);
    expect((await ann.client.get(`channels/${general}/messages/${id}`)).status).toBe(403);
  });
});

test('a link leads to a message in its channel only', async () => {
  const { ann, eve, say, general, addChannel } = await startChat();
  const { id } = await say(ann, 'Here');
  expect((await ann.client.get(`channels/${general}/messages/${id}`)).body).toMatchObject({ text: 'Here' });
  const other = await addChannel('other');
  for (const path of [
    `${other}/messages/${id}`,
    `${general}/messages/${NOT_THERE}`,
    `${general}/messages/x`,
  ]) {
    expect((await ann.client.get(`channels/${path}`)).status, path).toBe(404);
  }
  expect((await eve.client.get(`channels/${general}/messages/${id}`)).status).toBe(404);
});

describe('an answer', () => {
  test('shows the beginning of what it answers', async () => {
    const { ann, bob, say } = await startChat();
    const question = await say(ann, 'x'.repeat(300));
    const answer = await say(bob, 'Indeed', { reply_to_id: question.id });
    expect(answer.reply_to).toEqual({
      ...{
        id: question.id,
        channel_id: question.channel_id,
        text: 'x'.repeat(200),
        files: 0,
        deleted: false,
      },
      author: { id: ann.id, name: 'ann' },
      mentions: { people: [], role_ids: [] },
    });
  });

  test('is to a message of the channel', async () => {
    const { ann, say, send, addChannel } = await startChat();
    const elsewhere = await say(ann, 'There', {}, await addChannel('other'));
    for (const reply_to_id of [elsewhere.id, NOT_THERE]) {
      const answer = await send(ann, 'Hm', { reply_to_id });
      expect(problemOf(answer)).toMatchObject({ status: 404, field: 'reply_to_id' });
    }
  });
});

describe('a mention', () => {
  test('is of members, and of roles and everybody by who may', async () => {
    const { olga, ann, bob, eve, say, db, communityId } = await startChat();
    const role = newId(0, randomBytes);
    const row = { id: role, community_id: communityId, name: 'Cooks', colour: null, icon: null };
    await db
      .insertInto('roles')
      .values({ ...row, position: 9, permissions: [] })
      .execute();
    const text = `<@${bob.id}> <@${eve.id}> <@&${role}> @channel`;
    const people = [{ id: bob.id, name: 'bob' }];
    expect((await say(ann, text)).mentions).toEqual({ people, role_ids: [], everyone: null });
    expect((await say(olga, text)).mentions).toEqual({ people, role_ids: [role], everyone: 'channel' });
    expect((await say(olga, '`@here`')).mentions).toEqual({ people: [], role_ids: [], everyone: null });
  });

  test('shows the name that people have here', async () => {
    const { ann, bob, say, db } = await startChat();
    await db.updateTable('members').set({ nickname: 'Bobby' }).where('user_id', '=', bob.id).execute();
    await db.updateTable('users').set({ display_name: 'Ann B.' }).where('id', '=', ann.id).execute();
    expect(await say(ann, `<@${bob.id}>`)).toMatchObject({
      author: { name: 'Ann B.' },
      mentions: { people: [{ id: bob.id, name: 'Bobby' }] },
    });
  });

  test('in a conversation is of who is in it', async () => {
    const { ann, bob, eve, say, told, converse } = await startChat();
    const two = await converse(ann, bob);
    const said = await say(ann, `<@${bob.id}> <@${eve.id}> @here`, {}, two);
    expect(said.mentions).toEqual({ people: [{ id: bob.id, name: 'bob' }], role_ids: [], everyone: null });
    expect(told.at(-1)?.audience).toEqual({ userIds: [ann.id, bob.id] });
    const three = await converse(ann, bob, eve);
    expect((await say(ann, '@here', {}, three)).mentions.everyone).toBe('here');
  });
});
