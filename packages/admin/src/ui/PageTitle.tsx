import { useEffect } from 'react';
import { Title } from 'react-admin';
import { useSay } from '../platform/i18n/index.ts';

/** The page's h1 (in the app bar) and the title of the browser's tab. */
export function PageTitle({ title }: { title: string }) {
  const { t } = useSay();
  const product = t('product');
  useEffect(() => {
    document.title = title ? `${title} · ${product}` : product;
  }, [title, product]);
  return <Title title={<span>{title}</span>} preferenceKey={false} />;
}
