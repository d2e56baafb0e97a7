import { ResourceContextProvider } from 'react-admin';
import ResourceList from '../ui/ResourceList.tsx';

/** Every ticket as a table with columns, filters and export: beside the desk, for whoever counts and compares. */
export default function TicketTable() {
  return (
    <ResourceContextProvider value="tickets">
      <ResourceList />
    </ResourceContextProvider>
  );
}
