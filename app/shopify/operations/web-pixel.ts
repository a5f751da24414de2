import { operation, type UserError } from "./operation.ts";

/** The settings of our web pixel: those that its manifest declares. */
export interface PixelSettings {
  readonly token: string;
  readonly endpoint: string;
}

export const CREATE_PIXEL = operation<
  { settings: PixelSettings },
  { webPixelCreate: { webPixel: { id: string } | null; userErrors: readonly UserError[] } }
>(`#graphql
  mutation CreatePixel($settings: JSON!) {
    webPixelCreate(webPixel: { settings: $settings }) {
      webPixel { id }
      userErrors { field message code }
    }
  }
`);

/** The app's own pixel: a shop has one at most. `settings`: an object, or its JSON as text. */
export const READ_PIXEL = operation<
  Record<string, never>,
  { webPixel: { id: string; settings: unknown } | null }
>(`#graphql
  query ReadPixel {
    webPixel { id settings }
  }
`);

export const UPDATE_PIXEL = operation<
  { id: string; settings: PixelSettings },
  { webPixelUpdate: { webPixel: { id: string } | null; userErrors: readonly UserError[] } }
>(`#graphql
  mutation UpdatePixel($id: ID!, $settings: JSON!) {
    webPixelUpdate(id: $id, webPixel: { settings: $settings }) {
      webPixel { id }
      userErrors { field message code }
    }
  }
`);
