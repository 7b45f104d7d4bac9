-- The database refuses a start or a move that the workflow table does not name.
create or replace function kernel_enforce_moves() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state is null or new.state <> all(string_to_array(tg_argv[1], ' or ')) then
      raise exception 'a % starts as %, not as %', tg_argv[0], tg_argv[1], new.state using errcode = '23514';
    end if;
  elsif new.state is distinct from old.state then
    for i in 2 .. tg_nargs - 1 loop
      if tg_argv[i] = old.state || '>' || new.state then
        return new;
      end if;
    end loop;
    raise exception 'a % cannot go from % to %', tg_argv[0], old.state, new.state using errcode = '23514';
  end if;
  return new;
end $$;
