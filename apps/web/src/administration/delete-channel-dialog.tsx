import type { Channel } from '@parley/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { channelsApi } from '../api/channels.js';
import { messagesApi } from '../api/messages.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { communityQuery } from '../workspace/community-queries.js';
import { ConfirmDialog } from './confirm-dialog.js';
import styles from './dialog-form.module.css';

export interface DeleteChannelDialogProps {
  channel: Channel;
  onClose: () => void;
}

/** Deletes a channel or a category. Where something was written its name has to be typed. */
export function DeleteChannelDialog({ channel, onClose }: DeleteChannelDialogProps) {
  const texts = administrationTexts.deletion;
  const client = useQueryClient();
  const navigate = useNavigate();
  const { channel: shown } = useParams({ strict: false });
  const isText = channel.kind === 'text';
  const newest = useQuery({
    queryKey: ['newest', channel.id],
    queryFn: () => messagesApi.list({ channel_id: channel.id, limit: 1 }),
    enabled: isText,
    staleTime: 0,
  });
  // As long as it is not known to be empty it may hold something.
  const mayHoldMessages = isText && newest.data?.messages.length !== 0;
  const remove = async () => {
    await channelsApi.delete({ id: channel.id });
    onClose();
    await client.invalidateQueries(communityQuery(channel.community_id));
    if (shown === channel.id)
      await navigate({ to: '/c/$community', params: { community: channel.community_id } });
  };
  const leads = { text: texts.channelLead, voice: texts.voiceLead, category: texts.categoryLead };
  return (
    <ConfirmDialog
      title={texts.channelTitle(channel.name)}
      lead={leads[channel.kind]}
      submit={texts.submit}
      typed={mayHoldMessages ? channel.name : undefined}
      onConfirm={remove}
      onClose={onClose}
    >
      {mayHoldMessages && !channel.archived && <p className={styles.note}>{texts.archiveInstead}</p>}
    </ConfirmDialog>
  );
}
