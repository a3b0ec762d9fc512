import type { OwnAccount } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SetUpPage } from '../account/set-up-page.js';
import { SignInPage } from '../account/sign-in-page.js';
import { Splash } from '../ui/splash.js';
import { meQuery, setUpQuery } from './account-queries.js';
import { LoadFailed } from './load-failed.js';

export interface GateProps {
  /** Whether people without an account may call. */
  guests: boolean;
  /** What is behind it. */
  children: (me: OwnAccount) => ReactNode;
}

/** Lets in who is signed in; others sign in here, and are then where they wanted to go. */
export function Gate({ guests, children }: GateProps) {
  const me = useQuery(meQuery);
  const setUp = useQuery({ ...setUpQuery, enabled: me.data === null });
  if (me.data != null) return children(me.data);
  const failed = [me, setUp].find(({ isError }) => isError);
  if (failed !== undefined) return <LoadFailed error={failed.error} onRetry={() => void failed.refetch()} />;
  if (setUp.data === undefined) return <Splash />;
  if (!setUp.data.done) return <SetUpPage />;
  return <SignInPage workspace={setUp.data.workspace_name ?? ''} guests={guests} />;
}
