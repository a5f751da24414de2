import { Banner, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { NoticeView } from "../../../domain/shop/notice.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

/** What stands in the way of the shop, what follows from it, and who can do what. */
export function Notices({ notices }: { notices: readonly NoticeView[] }) {
  const { t } = useTranslation("notices");
  const formats = useFormats();
  return notices.map(({ code, isForMerchant, details: { reason = "", count = 0, titles = [] } }) => {
    const named = titles.map((title) => t("quoted", { title }));
    const values = {
      count,
      number: formats.number(count),
      reason,
      titles: formats.list(count > titles.length ? [...named, t("others")] : named),
    };
    return (
      <Banner
        key={code}
        tone={isForMerchant ? "warning" : "info"}
        title={t(`${code}.title`, values)}
        {...(code === "data-requests" ? { action: { content: t(`${code}.action`), url: "/app/data-requests" } } : {})}
      >
        <Text as="p">{t(`${code}.text`, values)}</Text>
      </Banner>
    );
  });
}
