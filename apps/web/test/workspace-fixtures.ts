import type { Channel, Community } from '@parley/contract';

/** A channel of the community `kitchen`. */
export function channelOf(id: string, facts: Partial<Channel> = {}): Channel {
  return {
    id,
    community_id: 'kitchen',
    kind: 'text',
    category_id: null,
    name: id,
    topic: '',
    position: 0,
    private: false,
    slow_mode: 0,
    archived: false,
    permissions: ['view_channel'],
    ...facts,
  };
}

export function communityOf(id: string, facts: Partial<Community> = {}): Community {
  return {
    id,
    name: id,
    description: '',
    icon: null,
    banner: null,
    owner_id: 'ada',
    permissions: ['create_invites'],
    roles: [],
    channels: [],
    voice: { revision: 0, channels: [] },
    ...facts,
  };
}
