import type { OwnAccount } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { Suspense, type ReactNode } from 'react';
import { lazyPart } from '../ui/lazy-part.js';
import { Splash } from '../ui/splash.js';
import { meQuery, setUpQuery } from './account-queries.js';
import { LoadFailed } from './load-failed.js';

const SetUpPage = lazyPart(async () => (await import('../account/set-up-page.js')).SetUpPage);
const SignInPage = lazyPart(async () => (await import('../account/sign-in-page.js')).SignInPage);

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
  return (
    <Suspense fallback={<Splash />}>
      {setUp.data.done ? (
        <SignInPage workspace={setUp.data.workspace_name ?? ''} guests={guests} />
      ) : (
        <SetUpPage codeNeeded={setUp.data.code_needed} guests={guests} />
      )}
    </Suspense>
  );
}
