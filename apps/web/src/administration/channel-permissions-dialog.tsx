import type { Channel, Community, Overwrite } from '@parley/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Shield } from 'lucide-react';
import { useState } from 'react';
import { TextField } from '../forms/text-field.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Segments } from '../ui/segments.js';
import { Select } from '../ui/select.js';
import { Splash } from '../ui/splash.js';
import { communityQuery } from '../workspace/community-queries.js';
import { problemText } from '../workspace/problem-text.js';
import { membersQuery, overwritesQuery } from './administration-queries.js';
import { changedOverwrite, clearAll, decisionOf, type Decision } from './decisions.js';
import { permissionGroupsMatching } from './matching-permissions.js';
import { CHANNEL_PERMISSIONS, type PermissionName } from './permission-groups.js';
import { useDeed } from './use-deed.js';
import dialog from './dialog-form.module.css';
import styles from './channel-permissions.module.css';

export interface ChannelPermissionsDialogProps {
  community: Community;
  channel: Channel;
  onClose: () => void;
}

/** What is decided otherwise in one channel, for roles and for people. */
export function ChannelPermissionsDialog({ community, channel, onClose }: ChannelPermissionsDialogProps) {
  const texts = administrationTexts.overwrites;
  return (
    <Dialog
      title={texts.title(channel.name)}
      description={texts.lead}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <Decisions community={community} channel={channel} />
    </Dialog>
  );
}

function Decisions({ community, channel }: Omit<ChannelPermissionsDialogProps, 'onClose'>) {
  const texts = administrationTexts.overwrites;
  const everyone = community.roles.at(-1);
  const [who, choose] = useState(`role ${everyone?.id ?? ''}`);
  const [search, setSearch] = useState('');
  const query = useQuery(overwritesQuery(channel.id));
  const members = useInfiniteQuery({
    ...membersQuery(community.id, ''),
    enabled: community.permissions.includes('view_members'),
  });
  const { busy, run } = useDeed([
    overwritesQuery(channel.id).queryKey,
    communityQuery(community.id).queryKey,
  ]);
  if (query.data === undefined) {
    if (query.error === null) return <Splash />;
    return <p role="alert">{problemText(query.error)}</p>;
  }
  const { overwrites, from_category } = query.data;
  const category = community.channels.find(({ id }) => id === channel.category_id);
  const [kind, id = ''] = who.split(' ');
  const target: Pick<Overwrite, 'role_id' | 'user_id'> =
    kind === 'role' ? { role_id: id, user_id: null } : { role_id: null, user_id: id };
  const now = overwrites.find(
    ({ role_id, user_id }) => role_id === target.role_id && user_id === target.user_id,
  );
  const decided = (option: Pick<Overwrite, 'role_id' | 'user_id'>) =>
    overwrites.some(({ role_id, user_id }) => role_id === option.role_id && user_id === option.user_id);
  const people = (members.data?.pages ?? []).flatMap((page) => page.members);
  const options = [
    ...community.roles.map((role) => ({
      value: `role ${role.id}`,
      label: texts.role(role.name, decided({ role_id: role.id, user_id: null })),
    })),
    ...people.map(({ person, nickname }) => ({
      value: `person ${person.id}`,
      label: texts.person(
        nickname ?? person.display_name ?? person.user_name,
        decided({ role_id: null, user_id: person.id }),
      ),
    })),
  ];
  const decide = (permission: PermissionName, decision: Decision) =>
    run(() => changedOverwrite(channel.id, target, now, { permission, decision }));
  return (
    <div className={dialog.form}>
      {category !== undefined && (
        <p className={dialog.note}>
          {from_category ? texts.synced(category.name) : texts.notSynced(category.name)}
        </p>
      )}
      {category !== undefined && !from_category && overwrites.length > 0 && (
        <Button disabled={busy} onClick={() => run(() => clearAll(channel.id, overwrites))}>
          {texts.sync}
        </Button>
      )}
      <Select
        label={texts.who}
        icon={<Shield size={17} />}
        options={options}
        value={who}
        onChange={choose}
        placeholder={texts.who}
      />
      {members.hasNextPage && (
        <Button look="ghost" onClick={() => void members.fetchNextPage()}>
          {administrationTexts.more}
        </Button>
      )}
      <TextField
        name="search"
        type="search"
        label={administrationTexts.roles.search}
        problem={undefined}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        autoComplete="off"
      />
      {permissionGroupsMatching(CHANNEL_PERMISSIONS, search).map(({ group, permissions }) => (
        <section key={group} className={styles.group}>
          <h3 className={styles.title}>{administrationTexts.permissionGroups[group]}</h3>
          {permissions.map((permission) => (
            <DecisionRow
              key={permission}
              permission={permission}
              decision={decisionOf(now, permission)}
              // Nobody gives or takes what they have not themselves.
              mayChange={channel.permissions.includes(permission)}
              onDecide={(decision) => decide(permission, decision)}
            />
          ))}
        </section>
      ))}
    </div>
  );
}

interface DecisionRowProps {
  permission: PermissionName;
  decision: Decision;
  mayChange: boolean;
  onDecide: (decision: Decision) => void;
}

function DecisionRow({ permission, decision, mayChange, onDecide }: DecisionRowProps) {
  const texts = administrationTexts.overwrites;
  const [label, hint] = administrationTexts.permissions[permission];
  return (
    <div className={styles.row}>
      <div className={styles.text}>
        <p className={styles.label}>{label}</p>
        <p className={styles.hint}>{hint}</p>
      </div>
      {mayChange ? (
        <Segments
          label={label}
          value={decision}
          options={[
            { value: 'deny', label: texts.deny },
            { value: 'leave', label: texts.leave },
            { value: 'allow', label: texts.allow },
          ]}
          onChange={onDecide}
        />
      ) : (
        <p className={styles.hint}>{texts[decision]}</p>
      )}
    </div>
  );
}
