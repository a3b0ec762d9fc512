import type { Channel, Community } from '@parley/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Hash, Timer, Volume2 } from 'lucide-react';
import { useState } from 'react';
import { channelsApi } from '../api/channels.js';
import { Form } from '../forms/form.js';
import { TextField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { Dialog } from '../ui/dialog.js';
import { Segments } from '../ui/segments.js';
import { Select } from '../ui/select.js';
import { SwitchRow } from '../ui/switch-row.js';
import { communityQuery } from '../workspace/community-queries.js';
import styles from './dialog-form.module.css';

export interface NewChannelDialogProps {
  community: Community;
  kind: 'text' | 'category';
  /** In which it begins; undefined for above all categories. */
  category?: Channel | undefined;
  onClose: () => void;
}

/** Makes a channel or a category. */
export function NewChannelDialog({ community, kind: first, category, onClose }: NewChannelDialogProps) {
  const texts = administrationTexts.channel;
  const client = useQueryClient();
  const navigate = useNavigate();
  const [kind, setKind] = useState<Channel['kind']>(first);
  const isCategory = first === 'category';
  const [isPrivate, setPrivate] = useState(category?.private ?? false);
  const state = useForm(
    ['name'],
    async (valueOf) => {
      const made = await channelsApi.create({
        ...{ id: community.id, kind, name: valueOf('name') },
        ...(!isCategory && { topic: valueOf('topic').trim(), category_id: category?.id ?? null }),
        // As its category, unless something else was chosen.
        ...(isPrivate !== (category?.private ?? false) && { private: isPrivate }),
      });
      await client.invalidateQueries(communityQuery(community.id));
      onClose();
      if (isCategory) return;
      await navigate({
        to: '/c/$community/$channel',
        params: { community: community.id, channel: made.id },
      });
    },
    ['topic'],
  );
  const title = category === undefined ? texts.create : texts.createIn(category.name);
  return (
    <Dialog
      title={isCategory ? texts.createCategory : title}
      description={isCategory ? texts.categoryLead : texts.createLead}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <Form state={state} submit={texts.make} busy={texts.making} size="medium">
        {!isCategory && (
          <Segments
            label={texts.kind}
            value={kind}
            options={[
              { value: 'text', label: texts.kinds.text, icon: <Hash size={17} /> },
              { value: 'voice', label: texts.kinds.voice, icon: <Volume2 size={17} /> },
            ]}
            onChange={setKind}
          />
        )}
        <NameFields isCategory={isCategory} problem={state.problem} />
        <SwitchRow
          label={texts.private}
          hint={isCategory ? texts.privateCategoryHint : texts.privateHint}
          checked={isPrivate}
          onChange={setPrivate}
        />
      </Form>
    </Dialog>
  );
}

const SLOW_MODES = [0, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600];

export interface ChannelDialogProps {
  channel: Channel;
  onClose: () => void;
}

/** Changes a channel or a category. */
export function ChannelDialog({ channel, onClose }: ChannelDialogProps) {
  const texts = administrationTexts.channel;
  const client = useQueryClient();
  const [isPrivate, setPrivate] = useState(channel.private);
  const [isArchived, setArchived] = useState(channel.archived);
  const [slowMode, setSlowMode] = useState(channel.slow_mode);
  const isCategory = channel.kind === 'category';
  const mayClose = channel.permissions.includes('manage_channel_permissions');
  const state = useForm(
    ['name'],
    async (valueOf) => {
      await channelsApi.change({
        ...{ id: channel.id, name: valueOf('name') },
        ...(!isCategory && { topic: valueOf('topic').trim(), slow_mode: slowMode, archived: isArchived }),
        ...(isPrivate !== channel.private && { private: isPrivate }),
      });
      await client.invalidateQueries(communityQuery(channel.community_id));
      onClose();
    },
    ['topic'],
  );
  const slowModes = SLOW_MODES.includes(channel.slow_mode) ? SLOW_MODES : [channel.slow_mode, ...SLOW_MODES];
  return (
    <Dialog
      title={isCategory ? texts.editCategory : texts.edit}
      description={texts.editLead(channel.name)}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <Form state={state} submit={administrationTexts.save} busy={administrationTexts.saving} size="medium">
        <NameFields isCategory={isCategory} channel={channel} problem={state.problem} />
        {channel.kind === 'text' && (
          <Select
            label={texts.slowMode}
            icon={<Timer size={17} />}
            options={slowModes.map((seconds) => ({
              value: String(seconds),
              label: texts.slowModes(seconds),
            }))}
            value={String(slowMode)}
            onChange={(value) => setSlowMode(Number(value))}
            placeholder={texts.slowModes(0)}
          />
        )}
        {mayClose && (
          <SwitchRow
            label={texts.private}
            hint={isCategory ? texts.privateCategoryHint : texts.privateHint}
            checked={isPrivate}
            onChange={setPrivate}
          />
        )}
        {!isCategory && (
          <SwitchRow
            label={texts.archived}
            hint={texts.archivedHint}
            checked={isArchived}
            onChange={setArchived}
          />
        )}
      </Form>
    </Dialog>
  );
}

interface NameFieldsProps {
  isCategory: boolean;
  channel?: Channel;
  problem: ReturnType<typeof useForm>['problem'];
}

function NameFields({ isCategory, channel, problem }: NameFieldsProps) {
  const texts = administrationTexts.channel;
  return (
    <div className={styles.form}>
      <TextField
        name="name"
        label={texts.name}
        placeholder={isCategory ? undefined : texts.namePlaceholder}
        defaultValue={channel?.name}
        problem={problem}
        autoComplete="off"
      />
      {!isCategory && (
        <TextField
          name="topic"
          label={texts.topic}
          hint={texts.topicHint}
          defaultValue={channel?.topic}
          problem={problem}
          autoComplete="off"
        />
      )}
    </div>
  );
}
