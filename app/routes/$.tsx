/** Every other address that leads nowhere: the root's boundary says so in the visitor's language. */
export function loader() {
  throw new Response(null, { status: 404 });
}

export default function NotFound() {
  return null;
}
