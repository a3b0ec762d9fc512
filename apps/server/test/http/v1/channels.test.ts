import { channel, overwrites } from '@parley/contract';
import { describe, expect, test } from 'vitest';
import { problemOf } from './client.js';
import { NOT_THERE, startKitchen, statusesOf } from './kitchen.js';

describe('a channel', () => {
  test('comes behind the others, and those who see it are told', async () => {
    const { olga, ann, addChannel, channelNames, told, communityId } = await startKitchen();
    const made = await addChannel({ kind: 'text', name: 'Späti', topic: 'Snacks', slow_mode: 30 }, olga);
    expect(made).toMatchObject({ topic: 'Snacks', slow_mode: 30, private: false, archived: false });
    expect(await channelNames(ann)).toEqual(['general', 'announcements', 'Voice', 'Späti']);
    expect(told.at(-1)).toMatchObject({
      type: 'channel_created',
      payload: { channel: { id: made.id } },
      audience: { communityId, channelId: made.id },
    });
  });

  test('that is private is there for who made it and who has it opened, and for nobody else', async () => {
    const { olga, ann, allow, addChannel, channelNames, join, person } = await startKitchen();
    await allow(ann, 'create_channels');
    const bob = await join(await person('bob'));
    const { id } = await addChannel({ kind: 'text', name: 'secret', private: true }, ann);
    expect(await channelNames(bob)).not.toContain('secret');
    expect(await channelNames(ann)).toContain('secret');
    const hidden = await bob.client.get(`channels/${id}`);
    const missing = await bob.client.get(`channels/${NOT_THERE}`);
    expect(hidden.status).toBe(404);
    expect(problemOf(hidden)).toEqual(problemOf(missing));
    const answer = await olga.client.put(`channels/${id}/overwrites/people/${bob.id}`, {
      allow: ['view_channel'],
      deny: [],
    });
    expect(answer.status).toBe(204);
    expect(await channelNames(bob)).toContain('secret');
    expect((await olga.client.delete(`channels/${id}/overwrites/people/${bob.id}`)).status).toBe(204);
    expect(await channelNames(bob)).not.toContain('secret');
  });

  test('changes what is asked for, and nothing else', async () => {
    const { olga, addChannel, told } = await startKitchen();
    const { id } = await addChannel({ kind: 'text', name: 'soup', topic: 'Hot' });
    const answer = await olga.client.patch(`channels/${id}`, {
      name: 'stew',
      slow_mode: 21_600,
      archived: true,
    });
    expect(channel.parse(answer.body)).toMatchObject({
      name: 'stew',
      topic: 'Hot',
      slow_mode: 21_600,
      archived: true,
    });
    expect(channel.parse(answer.body).permissions).not.toContain('send_messages');
    expect(told.at(-1)).toMatchObject({ type: 'channel_changed', payload: { channel: { name: 'stew' } } });
    const open = await olga.client.patch(`channels/${id}`, { archived: false, topic: '' });
    expect(channel.parse(open.body)).toMatchObject({ name: 'stew', topic: '', archived: false });
    expect(channel.parse(open.body).permissions).toContain('send_messages');
  });

  test('is closed and opened again', async () => {
    const { olga, ann, addChannel, channelNames, told } = await startKitchen();
    const { id } = await addChannel({ kind: 'text', name: 'soup' });
    await olga.client.patch(`channels/${id}`, { private: true });
    expect(await channelNames(ann)).not.toContain('soup');
    expect(told.map(({ type }) => type)).toContain('permissions_changed');
    await olga.client.patch(`channels/${id}`, { private: false });
    expect(await channelNames(ann)).toContain('soup');
  });

  test.each([
    [{ kind: 'text' }, 400, 'name'],
    [{ kind: 'stage', name: 'x' }, 400, 'kind'],
    [{ kind: 'direct', name: 'x' }, 400, 'kind'],
    [{ kind: 'text', name: 'x', slow_mode: 21_601 }, 400, 'slow_mode'],
    [{ kind: 'text', name: 'x', topic: 'x'.repeat(1025) }, 400, 'topic'],
    [{ kind: 'text', name: 'x', category_id: 'x' }, 400, 'category_id'],
    [{ kind: 'text', name: 'x', category_id: NOT_THERE }, 422, 'category_id'],
    [{ kind: 'text', name: 'x', private: 'yes' }, 400, 'private'],
  ])('is not made of %j', async (wrong, status, field) => {
    const { olga, communityId, channelNames } = await startKitchen();
    const answer = await olga.client.post(`communities/${communityId}/channels`, wrong);
    expect(problemOf(answer)).toMatchObject({ status, field });
    expect(await channelNames(olga)).toHaveLength(3);
  });

  test('is one of 500 at most, however many ask for the last', async () => {
    const { olga, communityId, db, clock } = await startKitchen();
    const row = { community_id: communityId, kind: 'text' as const, name: 'x', archived_at: null };
    const ids = Array.from({ length: 496 }, (_, at) => NOT_THERE.replace(/...$/, `${at + 100}`));
    await db
      .insertInto('channels')
      .values(ids.map((id) => ({ ...row, id, created_at: new Date(clock.now) })))
      .execute();
    const answers = await Promise.all(
      ['a', 'b'].map((name) =>
        olga.client.post(`communities/${communityId}/channels`, { kind: 'text', name }),
      ),
    );
    expect(statusesOf(answers).sort()).toEqual([201, 409]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(problemOf(refused)).toMatchObject({ code: 'limit_reached' });
    expect(problemOf(refused).title).toContain('500');
  });
});

describe('a category', () => {
  test('decides who sees the channels in it, and is shown to who sees one of them', async () => {
    const { ann, olga, addChannel, channelNames } = await startKitchen();
    const { id: category_id } = await addChannel({ kind: 'category', name: 'Cellar', private: true });
    await addChannel({ kind: 'text', name: 'wine', category_id });
    const open = await addChannel({ kind: 'text', name: 'cheese', category_id, private: false });
    expect(await channelNames(ann)).not.toContain('wine');
    expect(await channelNames(ann)).toEqual(expect.arrayContaining(['Cellar', 'cheese']));
    await olga.client.delete(`channels/${open.id}`);
    expect(await channelNames(ann)).not.toContain('Cellar');
  });

  test('leaves its channels as private as they were when it goes', async () => {
    const { ann, olga, addChannel, channelNames, seen } = await startKitchen();
    const { id: category_id } = await addChannel({ kind: 'category', name: 'Cellar', private: true });
    const { id } = await addChannel({ kind: 'text', name: 'wine', category_id });
    expect((await olga.client.delete(`channels/${category_id}`)).status).toBe(204);
    expect(await channelNames(ann)).not.toContain('wine');
    const left = (await seen(olga)).channels.find((one) => one.id === id);
    expect(left).toMatchObject({ category_id: null, private: true });
  });

  test('stays in force in a channel that gets an overwrite of its own', async () => {
    const { ann, olga, addChannel, channelNames, roleNamed } = await startKitchen();
    const { id: category_id } = await addChannel({ kind: 'category', name: 'Cellar', private: true });
    const { id } = await addChannel({ kind: 'text', name: 'wine', category_id });
    const before = overwrites.parse((await olga.client.get(`channels/${id}/overwrites`)).body);
    expect(before).toMatchObject({ from_category: true, overwrites: [{}, {}] });
    const moderator = await roleNamed('Moderator');
    await olga.client.put(`channels/${id}/overwrites/roles/${moderator.id}`, {
      allow: ['view_channel'],
      deny: [],
    });
    expect(await channelNames(ann)).not.toContain('wine');
    const after = overwrites.parse((await olga.client.get(`channels/${id}/overwrites`)).body);
    expect(after).toMatchObject({ from_category: false, overwrites: [{}, {}, {}] });
  });

  test('holds channels alone, and has neither topic nor slow mode', async () => {
    const { olga, addChannel, communityId } = await startKitchen();
    const { id } = await addChannel({ kind: 'category', name: 'Cellar' });
    const inside = await olga.client.post(`communities/${communityId}/channels`, {
      kind: 'category',
      name: 'x',
      category_id: id,
    });
    expect(problemOf(inside)).toMatchObject({ status: 422, field: 'category_id' });
    expect(problemOf(await olga.client.patch(`channels/${id}`, { slow_mode: 5 }))).toMatchObject({
      status: 422,
      field: 'slow_mode',
    });
  });
});

describe('order', () => {
  test('is what was dragged where, in a category and out of it', async () => {
    const { olga, ann, addChannel, channelNames, seen } = await startKitchen();
    const cellar = await addChannel({ kind: 'category', name: 'Cellar' });
    const wine = await addChannel({ kind: 'text', name: 'wine' });
    const [general, announcements] = (await seen(olga)).channels;
    const move = (id: string, category_id: string | null, before: string | null) =>
      olga.client.post(`channels/${id}/move`, { category_id, before });
    expect((await move(wine.id, null, general!.id)).status).toBe(204);
    expect(await channelNames(ann)).toEqual(['wine', 'general', 'announcements', 'Voice', 'Cellar']);
    await move(announcements!.id, cellar.id, null);
    await move(wine.id, cellar.id, announcements!.id);
    const inCellar = (await seen(ann)).channels.filter(({ category_id }) => category_id === cellar.id);
    expect(inCellar.map(({ name }) => name)).toEqual(['wine', 'announcements']);
    await move(wine.id, null, null);
    expect((await seen(ann)).channels.at(-1)).toMatchObject({ name: 'wine', category_id: null });
  });

  test('survives several who drag at once: every channel is there once, in a place of its own', async () => {
    const { olga, seen, addChannel } = await startKitchen();
    for (const name of ['a', 'b', 'c', 'd']) await addChannel({ kind: 'text', name });
    const ids = (await seen(olga)).channels.map(({ id }) => id);
    const answers = await Promise.all(
      ids.map((id, at) =>
        olga.client.post(`channels/${id}/move`, { category_id: null, before: ids[(at * 3) % ids.length] }),
      ),
    );
    expect(new Set(statusesOf(answers))).toEqual(new Set([204]));
    const { channels } = await seen(olga);
    expect(channels.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(new Set(channels.map(({ position }) => position)).size).toBe(ids.length);
  });

  test('a channel is not dragged to what is not there, nor out of a private category by who may not decide that', async () => {
    const { olga, ann, allow, addChannel, seen } = await startKitchen();
    await allow(ann, 'create_channels');
    const [general] = (await seen(olga)).channels;
    const move = (category_id: string | null, before: string | null, id = general!.id, by = ann) =>
      by.client.post(`channels/${id}/move`, { category_id, before });
    expect(problemOf(await move(NOT_THERE, null))).toMatchObject({ status: 422, field: 'category_id' });
    expect(problemOf(await move(null, NOT_THERE))).toMatchObject({ status: 422, field: 'before' });
    const secret = await addChannel({ kind: 'text', name: 'secret', private: true });
    expect(problemOf(await move(null, secret.id))).toMatchObject({ status: 422, field: 'before' });
    const { id: category_id } = await addChannel({ kind: 'category', name: 'Cellar' });
    const wine = await addChannel({ kind: 'text', name: 'wine', category_id });
    expect((await move(null, null, wine.id)).status).toBe(403);
    expect((await move(null, null, wine.id, olga)).status).toBe(204);
  });
});

describe('overwrites', () => {
  test.each([
    [{ allow: ['administrator'], deny: [] }, 422, 'allow'],
    [{ allow: [], deny: ['kick_members'] }, 422, 'deny'],
    [{ allow: ['fly'], deny: [] }, 422, 'allow'],
    [{ allow: ['speak'], deny: ['speak'] }, 422, 'deny'],
    [{ allow: 'speak', deny: [] }, 400, 'allow'],
    [{ allow: [] }, 400, 'deny'],
  ])('cannot say %j', async (wrong, status, field) => {
    const { olga, seen, roleNamed } = await startKitchen();
    const [general] = (await seen(olga)).channels;
    const { id } = await roleNamed('Moderator');
    const answer = await olga.client.put(`channels/${general!.id}/overwrites/roles/${id}`, wrong);
    expect(problemOf(answer)).toMatchObject({ status, field });
  });

  test('give and take nothing that who makes them does not have', async () => {
    const { olga, ann, allow, seen, roleNamed } = await startKitchen();
    await allow(ann, 'manage_channel_permissions');
    const [general] = (await seen(olga)).channels;
    const everyone = await roleNamed('everyone');
    const path = `channels/${general!.id}/overwrites/roles/${everyone.id}`;
    const refused = await ann.client.put(path, { allow: ['delete_messages'], deny: [] });
    expect(refused.status).toBe(403);
    expect((await ann.client.put(path, { allow: [], deny: ['add_reactions'] })).status).toBe(204);
    expect((await olga.client.put(path, { allow: ['delete_messages'], deny: [] })).status).toBe(204);
    expect((await seen(ann)).channels[0]?.permissions).toContain('delete_messages');
  });

  test('are for roles and members of the community', async () => {
    const { olga, eve, seen, communityId, makeCommunity, db } = await startKitchen();
    const [general] = (await seen(olga)).channels;
    const other = await makeCommunity(olga);
    const foreign = await db
      .selectFrom('roles')
      .select('id')
      .where('community_id', '=', other)
      .executeTakeFirstOrThrow();
    expect(other).not.toBe(communityId);
    const body = { allow: ['speak'], deny: [] };
    const path = `channels/${general!.id}/overwrites`;
    const answers = [
      await olga.client.put(`${path}/roles/${foreign.id}`, body),
      await olga.client.put(`${path}/people/${eve.id}`, body),
      await olga.client.delete(`${path}/people/${eve.id}`),
    ];
    expect(statusesOf(answers)).toEqual([404, 404, 404]);
  });
});
