import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { peopleApi } from '../api/people.js';
import { isProblem } from '../api/problem-error.js';
import { peopleTexts } from '../texts/people/people-texts.js';
import { Button } from '../ui/button.js';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';
import { related } from './apply-people-event.js';
import styles from './add-friend-form.module.css';
import { relationsQuery } from './people-queries.js';
import { shownName } from './shown-name.js';

/** Asks somebody to be a friend, whose user name one knows. */
export function AddFriendForm() {
  const client = useQueryClient();
  const { announce } = useNotices();
  const [name, setName] = useState('');
  const id = useId();
  const texts = peopleTexts.addFriend;
  const ask = useMutation({
    mutationFn: (user_name: string) => peopleApi.request({ user_name }),
    onSuccess: (to) => {
      client.setQueryData(relationsQuery.queryKey, (relations) => relations && related(relations, to));
      setName('');
      announce(saidOf(to.relation === 'friend', shownName(to.person)));
    },
  });
  const below = ask.isError
    ? askProblem(ask.error)
    : ask.data && saidOf(ask.data.relation === 'friend', shownName(ask.data.person));
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '' && !ask.isPending) ask.mutate(name.trim());
      }}
    >
      <label htmlFor={id} className={styles.label}>
        {texts.label}
      </label>
      <div className={styles.line}>
        <input
          id={id}
          className={styles.input}
          aria-describedby={`${id}-below`}
          aria-invalid={ask.isError}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          dir="auto"
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            ask.reset();
          }}
        />
        <Button type="submit" look="primary" aria-disabled={name.trim() === '' || ask.isPending}>
          {texts.submit}
        </Button>
      </div>
      <p
        id={`${id}-below`}
        className={styles.below}
        data-wrong={ask.isError}
        role={ask.isError ? 'alert' : undefined}
      >
        {below ?? texts.hint}
      </p>
    </form>
  );
}

function saidOf(areFriends: boolean, name: string): string {
  return areFriends ? peopleTexts.addFriend.friends(name) : peopleTexts.addFriend.asked(name);
}

function askProblem(error: Error): string {
  const texts = peopleTexts.addFriend;
  if (isProblem(error, 'not_found')) return texts.nobody;
  if (isProblem(error, 'invalid')) return texts.oneself;
  if (isProblem(error, 'conflict')) return texts.blocked;
  return problemText(error);
}
