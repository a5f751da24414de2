-- What is kept of a customer who was redacted: it recognises the pseudonym, and does not give it back.
CREATE OR REPLACE FUNCTION tombstone_of(customer_key TEXT) RETURNS TEXT LANGUAGE SQL IMMUTABLE PARALLEL SAFE
  RETURN encode(sha256(convert_to('redacted/' || customer_key, 'UTF8')), 'hex');
