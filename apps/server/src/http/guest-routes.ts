import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { guestRequestSchema } from '../auth/guest-tokens.js';
import type { GuestTokens } from '../auth/guest-tokens.js';

export interface GuestRoutesOptions {
  allowed: boolean;
  tokens: GuestTokens;
  /** Tokens for one address in a minute. */
  perMinute: number;
}

const BODY_LIMIT = 16_384;
const NOT_ALLOWED =
  'Guests may not join here. Whoever runs this server can allow it: set guests to "on" (PARLEY_GUESTS=on).';

/** `POST /api/guest-token`: a name and a room in, a token out. */
export async function guestRoutes(app: FastifyInstance, options: GuestRoutesOptions): Promise<void> {
  await app.register(rateLimit, {
    max: options.perMinute,
    timeWindow: 60_000,
    ipv6Subnet: 64,
    errorResponseBuilder: (_request, { after }) => ({
      statusCode: 429,
      message: `Too many requests from your address: try again in ${after}.`,
    }),
  });
  app.post('/api/guest-token', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    if (!options.allowed) return reply.code(403).send({ error: NOT_ALLOWED });
    const parsed = guestRequestSchema.safeParse(request.body);
    if (parsed.success) return options.tokens.issue(parsed.data);
    return reply.code(400).send({ error: parsed.error.issues[0]?.message });
  });
}
