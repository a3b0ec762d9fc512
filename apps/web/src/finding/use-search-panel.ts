import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';

/** Opens the search beside the channel in which one is; where it is open, one types into it. */
export function useSearchPanel(): () => void {
  const navigate = useNavigate();
  return useCallback(() => {
    const field = document.querySelector<HTMLInputElement>('[data-testid="search"]');
    if (field === null) void navigate({ to: '.', search: { panel: 'search' } });
    else field.select();
  }, [navigate]);
}
