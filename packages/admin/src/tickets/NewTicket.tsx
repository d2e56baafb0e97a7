import TicketDesk from './desk/TicketDesk.tsx';

/** The desk with the form for a new ticket open: `/tickets/create?unit=…&resident=…&call=…`. */
export default function NewTicket() {
  return <TicketDesk composing />;
}
