import * as z from 'zod/mini';
import { actionNames, idField, idInPath, TITLE_LIMITS, wholeNumber } from './fields.js';
import { visibleText } from './visible-text.js';

const colour = z.nullable(wholeNumber('colour', { least: 0, most: 0xffffff }));
const icon = z.nullable(visibleText('icon', { characters: 1, bytes: 64 }));
const name = visibleText('name', TITLE_LIMITS);
const permissions = actionNames('permissions');

/** A role of a community, the highest position above all others; @everyone has 0. */
export const role = z.object({
  id: z.string(),
  name: z.string(),
  /** 0xRRGGBB; null where names keep the theme's colour. */
  colour: z.nullable(z.int()),
  /** An emoji; null for none. */
  icon: z.nullable(z.string()),
  position: z.int(),
  permissions: z.array(z.string()),
});

/** Body of `POST /api/v1/communities/:id/roles`. */
export const newRole = z.object(
  { id: idInPath('community'), name, colour: z.optional(colour), icon: z.optional(icon), permissions },
  { error: 'Send JSON with "name" and "permissions"' },
);

/** What stands in the path of `/api/v1/communities/:id/roles/:role_id`. */
export const rolePath = z.object({ id: idInPath('community'), role_id: idInPath('role') });

/** Body of `PATCH /api/v1/communities/:id/roles/:role_id`: what is absent stays as it is. */
export const roleChange = z.object({
  ...rolePath.shape,
  name: z.optional(name),
  colour: z.optional(colour),
  icon: z.optional(icon),
  permissions: z.optional(permissions),
});

/** Body of `POST /api/v1/communities/:id/roles/:role_id/move`: right above another. */
export const roleMove = z.object(
  { ...rolePath.shape, above: idField('above', 'another role') },
  { error: 'Send JSON with "above"' },
);

/** What stands in the path of `/api/v1/communities/:id/members/:user_id/roles/:role_id`. */
export const memberRolePath = z.object({ ...rolePath.shape, user_id: idInPath('member') });

export type Role = z.output<typeof role>;
export type NewRole = z.output<typeof newRole>;
export type RoleChange = z.output<typeof roleChange>;
export type RoleMove = z.output<typeof roleMove>;
