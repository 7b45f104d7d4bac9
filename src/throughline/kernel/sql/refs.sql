-- A reference made in the database, of the same alphabet as kernel/refs.py.
create or replace function kernel_new_ref(prefix text) returns text language plpgsql volatile as $$
declare
  letters text := ''; alphabet text := '23456789ABCDEFGHJKMNPQRSTVWXYZ';
  bytes bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
begin
  -- Of each uuid, bytes 6 and 8 are fixed in part; the others are random. Values of 240 and more would favour some letters.
  for i in 0 .. 31 loop
    continue when i in (6, 8, 22, 24) or get_byte(bytes, i) >= 240;
    letters := letters || substr(alphabet, get_byte(bytes, i) % 30 + 1, 1);
    exit when length(letters) = 8;
  end loop;
  return prefix || '-' || substr(letters, 1, 4) || '-' || substr(letters, 5, 4);
end $$;
