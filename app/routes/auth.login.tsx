import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { LandingPage } from "../ui/kit/landing-page.tsx";
import { signInError } from "../server/sign-in-error.server.ts";

/**
 * Where someone ends who opens a page of the app outside Shopify's admin, from a bookmark for example: nobody knows
 * whose admin it is. The page says how to get there, and takes the shop's address.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  return { error: new URL(request.url).searchParams.has("shop") ? await signInError(request, context) : null };
}

/** Sends the visitor to Shopify to install or open the app; answers with a code where the shop's address is wrong. */
export async function action({ request, context }: ActionFunctionArgs) {
  return { error: await signInError(request, context) };
}

export default function SignIn() {
  const loaded = useLoaderData<typeof loader>();
  const error = useActionData<typeof action>()?.error ?? loaded.error;
  return <LandingPage error={error} form={(fields) => <Form method="post">{fields}</Form>} />;
}
