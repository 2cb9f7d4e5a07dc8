import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSession } from './session.tsx';

/**
 * After a sign-in (or a role's door of the sample): goes on once this page has seen who it is.
 * Going sooner, the next page would still see nobody and send one back.
 */
export function useGoOn(entered: boolean, href: string): void {
  const { staff } = useSession();
  const navigate = useNavigate();
  useEffect(() => {
    if (entered && staff) void navigate({ href, replace: true });
  }, [entered, staff, href, navigate]);
}
