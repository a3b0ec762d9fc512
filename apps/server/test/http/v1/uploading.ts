import { upload } from '@parley/contract';
import type { Attachment } from '@parley/contract';
import { expect } from 'vitest';
import { startChat } from './chat.js';
import type { Chat, Talker } from './chat.js';

export type FileChat = Awaited<ReturnType<typeof startFileChat>>;

/** A chat in which people upload files, and look at them. */
export async function startFileChat() {
  const chat = await startChat();
  const { url, general } = chat;

  const headersOf = ({ client }: Talker) => ({ cookie: client.cookie ?? '', origin: url });
  const begin = (by: Talker, name: string, size: number, more: object = {}, channelId = general) =>
    by.client.post(`channels/${channelId}/uploads`, { name, size, ...more });
  const send = async (by: Talker, id: string, offset: number, bytes: Uint8Array<ArrayBuffer> | string) => {
    const response = await fetch(`${url}/api/v1/uploads/${id}`, {
      method: 'PATCH',
      headers: {
        ...headersOf(by),
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(offset),
      },
      body: bytes,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const stateOf = async (by: Talker, id: string) => upload.parse((await by.client.get(`uploads/${id}`)).body);

  /** A whole file, which waits for a message. */
  const put = async (
    by: Talker,
    name: string,
    content: Uint8Array | string,
    more: object = {},
    channelId = general,
  ): Promise<Attachment> => {
    const bytes = Uint8Array.from(Buffer.from(content));
    const begun = await begin(by, name, bytes.length, more, channelId);
    expect(begun.status, JSON.stringify(begun.body)).toBe(201);
    const { id } = upload.parse(begun.body);
    expect((await send(by, id, 0, bytes)).status).toBe(204);
    const { attachment } = await stateOf(by, id);
    return attachment!;
  };
  const share = async (by: Talker, content: Uint8Array | string, name = 'notes.txt', channelId = general) => {
    const { id } = await put(by, name, content, {}, channelId);
    return chat.say(by, '', { attachment_ids: [id] }, channelId);
  };
  /** All of what is answered is read, so that the server can end. */
  const read = async (
    by: Talker,
    { id, name }: Pick<Attachment, 'id' | 'name'>,
    headers: Record<string, string> = {},
    method = 'GET',
  ) => {
    const response = await fetch(`${url}/api/v1/files/${id}/${encodeURIComponent(name)}`, {
      method,
      headers: { ...headersOf(by), ...headers },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return {
      status: response.status,
      headers: response.headers,
      url: response.url,
      bytes,
      text: bytes.toString(),
    };
  };

  return { ...chat, begin, send, post: chat.send, stateOf, put, share, read };
}

/** Sizes of all blobs that are stored, the smallest first. */
export async function sizesOfBlobs({
  db,
  blobs,
}: Pick<Chat, 'db' | 'blobs'>): Promise<(number | undefined)[]> {
  const rows = await db.selectFrom('blobs').select('id').orderBy('id').execute();
  const sizes = await Promise.all(rows.map(({ id }) => blobs.size(id)));
  return sizes.sort((one = 0, other = 0) => one - other);
}
