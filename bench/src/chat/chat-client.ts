import { once } from 'node:events';
import { WebSocket } from 'ws';

/** One person with an account, as far as a benchmark needs a browser. */
export class ChatClient {
  readonly #url: string;
  readonly #forwarded: Record<string, string>;
  #cookie = '';
  #written = 0;

  /** @param address from where they seem to come; absent: from this machine, as they do. */
  constructor(url: string, address?: string) {
    this.#url = url;
    this.#forwarded = address === undefined ? {} : { 'x-forwarded-for': address };
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.#ask('GET', path);
  }

  post<Answer>(path: string, body: object): Promise<Answer> {
    return this.#ask('POST', path, body);
  }

  /** @param nonce what the message is known by in events. */
  async write(channelId: string, nonce = `n${(this.#written += 1)}`): Promise<void> {
    await this.post(`channels/${channelId}/messages`, { text: 'Shall we eat at the usual place?', nonce });
  }

  /** A connection over which they are told what happens; resolves when it is open. */
  async listen(onFrame: (frame: Buffer) => void = () => undefined): Promise<WebSocket> {
    const socket = new WebSocket(`${this.#url.replace('http:', 'ws:')}/api/v1/events`, {
      headers: { cookie: this.#cookie, ...this.#forwarded },
    });
    socket.on('message', onFrame);
    // The first frame says hello: from then on they are told.
    await once(socket, 'message');
    return socket;
  }

  async #ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.#url}/api/v1/${path}`, {
      method,
      headers: {
        ...{ cookie: this.#cookie, origin: this.#url, ...this.#forwarded },
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return JSON.parse(text === '' ? 'null' : text) as Answer;
  }
}
