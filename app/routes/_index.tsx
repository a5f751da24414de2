import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { Form, redirect, useActionData } from "@remix-run/react";
import { LandingPage } from "../ui/kit/landing-page.tsx";
import { signInError } from "../server/sign-in-error.server.ts";

/** Shopify opens the app here with `shop` in the address; a visitor from anywhere else sees what the app is. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  if (searchParams.has("shop")) throw redirect(`/app?${searchParams.toString()}`);
  return null;
}

/** Sends the visitor to Shopify to install or open the app; answers with a code where the shop's address is wrong. */
export async function action({ request, context }: ActionFunctionArgs) {
  return { error: await signInError(request, context) };
}

export default function Landing() {
  const error = useActionData<typeof action>()?.error ?? null;
  return <LandingPage error={error} form={(fields) => <Form method="post">{fields}</Form>} />;
}
