import * as z from 'zod/mini';
import { visibleText } from './visible-text.js';

const LONGEST_INPUT = 1024;
const WORKSPACE_NAME_LIMITS = { characters: 64, bytes: 400 };

/** What a user name and a password must be like is the workspace's to say; here only that they are texts. */
const text = (field: string) => {
  const error = `"${field}" must be a text of at most ${LONGEST_INPUT} characters`;
  return z.string({ error }).check(z.maxLength(LONGEST_INPUT, { error }));
};

/** Answer of `GET /api/v1/setup`. */
export const setUpState = z.object({
  /** Whether there is an owner; without one, whoever asks first becomes it. */
  done: z.boolean(),
  workspace_name: z.nullable(z.string()),
  /** Whether who asks needs the code that stands in the server's log, since they are on another machine. */
  code_needed: z.boolean(),
});

/** Body of `POST /api/v1/setup`. */
export const setUpRequest = z.object(
  {
    workspace_name: visibleText('workspace_name', WORKSPACE_NAME_LIMITS),
    user_name: text('user_name'),
    password: text('password'),
    /** Where `code_needed` says so. */
    setup_code: z.optional(text('setup_code')),
  },
  { error: 'Send JSON with "workspace_name", "user_name" and "password"' },
);

/** Body of `POST /api/v1/session`. */
export const signInRequest = z.object(
  { user_name: text('user_name'), password: text('password') },
  { error: 'Send JSON with "user_name" and "password"' },
);

/** Who is signed in: answer of `GET /api/v1/me`. */
export const ownAccount = z.object({
  id: z.string(),
  user_name: z.string(),
  session_id: z.string(),
  /** What one may do on the server, outside of communities. */
  permissions: z.array(z.string()),
});

/** Body of `POST /api/v1/me/password`. */
export const passwordChange = z.object(
  { current_password: text('current_password'), new_password: text('new_password') },
  { error: 'Send JSON with "current_password" and "new_password"' },
);

/** Answer of `GET /api/v1/sessions`, the newest first. Times are in ISO 8601. */
export const ownSessions = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      /** Whether it is the one that asks. */
      current: z.boolean(),
      created_at: z.string(),
      seen_at: z.string(),
      address: z.string(),
      user_agent: z.string(),
    }),
  ),
});

/** What stands in the path of `DELETE /api/v1/sessions/:id`. */
export const sessionPath = z.object({ id: z.uuid({ error: 'There is no such session' }) });

export type SetUpState = z.output<typeof setUpState>;
export type OwnAccount = z.output<typeof ownAccount>;
export type OwnSessions = z.output<typeof ownSessions>;
