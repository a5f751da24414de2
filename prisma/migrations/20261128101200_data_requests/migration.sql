-- What a customer's request for their data found, until staff have handed it on; thirty days at most.
CREATE TABLE "data_requests" (
    "shop" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_requests_pkey" PRIMARY KEY ("shop","request_id")
);

ALTER TABLE "data_requests" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "data_requests" FORCE ROW LEVEL SECURITY;
CREATE POLICY "data_requests_of_one_shop" ON "data_requests"
  USING (shop = current_setting('tsuide.shop', true))
  WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "data_requests" TO tsuide_tenant;
