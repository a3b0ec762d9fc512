import type { Overwrites } from '@parley/contract';
import { need } from '../communities/visit.js';
import type { Change } from '../communities/visit.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { overwritesFor } from './channel-queries.js';
import { changeChannel, visitChannel } from './channel-visit.js';
import type { ChannelVisit } from './channel-visit.js';
import { ownOverwrite, putOverwrite, takeOverFromCategory } from './overwrite-queries.js';
import type { OverwriteTarget } from './overwrite-queries.js';
import { checkMayOverwrite, parseOverwrite } from './overwrite-rules.js';
import type { DecidedNames } from './overwrite-rules.js';

/** What is decided otherwise in single channels, for roles and for people. */
export class OverwriteService {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  async list(userId: string, channelId: string): Promise<Overwrites> {
    const { db, now } = this.#options;
    const { row, permissions } = await visitChannel(db, { userId, channelId, now: now() });
    need(permissions, 'manage_channel_permissions');
    const all = await overwritesFor(db, row);
    const own = all.filter(({ channel_id }) => channel_id === channelId);
    const inForce = own.length > 0 ? own : all;
    return {
      from_category: own.length === 0 && all.length > 0,
      overwrites: inForce.map(({ role_id, user_id, allow, deny }) => ({
        ...{ role_id, user_id },
        ...{ allow: [...allow], deny: [...deny] },
      })),
    };
  }

  async set(userId: string, at: { channelId: string; target: OverwriteTarget }, names: DecidedNames) {
    await changeChannel(this.#options, { userId, channelId: at.channelId }, async (visit) => {
      need(visit.permissions, 'manage_channel_permissions');
      const next = parseOverwrite(names);
      await checkTarget(visit, at.target);
      await takeOverFromCategory(visit.trx, { categoryId: visit.row.category_id, channelId: at.channelId });
      const before = await ownOverwrite(visit.trx, at.channelId, at.target);
      checkMayOverwrite(visit.permissions, before, next);
      await putOverwrite(visit.trx, at.channelId, at.target, next);
      tell(visit);
    });
  }

  /** With the last one its category's count again. */
  async remove(
    userId: string,
    { channelId, target }: { channelId: string; target: OverwriteTarget },
  ): Promise<void> {
    await changeChannel(this.#options, { userId, channelId }, async (visit) => {
      need(visit.permissions, 'manage_channel_permissions');
      const before = await ownOverwrite(visit.trx, channelId, target);
      if (before === undefined) throw new WorkspaceError('not_found', 'There is no such overwrite.');
      checkMayOverwrite(visit.permissions, before, undefined);
      await putOverwrite(visit.trx, channelId, target, undefined);
      tell(visit);
    });
  }
}

async function checkTarget({ trx, place }: ChannelVisit & Change, target: OverwriteTarget): Promise<void> {
  const { community } = place;
  if ('roleId' in target) {
    if (!community.roles.has(target.roleId)) throw new WorkspaceError('not_found', 'There is no such role.');
    return;
  }
  const member = await trx
    .selectFrom('members')
    .select('user_id')
    .where('community_id', '=', community.id)
    .where('user_id', '=', target.userId)
    .executeTakeFirst();
  if (member === undefined) throw new WorkspaceError('not_found', 'There is no such member.');
}

function tell({ row, events }: ChannelVisit & Change): void {
  const payload = { community_id: row.community_id };
  events.push({ type: 'permissions_changed', payload, audience: { communityId: row.community_id } });
}
