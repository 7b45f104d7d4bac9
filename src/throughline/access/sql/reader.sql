-- The reader of this transaction. With none set every one of these is null, and a null opens nothing.
create or replace function tl_body() returns smallint language sql stable parallel safe as
$$ select nullif(current_setting('tl.body', true), '')::smallint $$;
create or replace function tl_person() returns integer language sql stable parallel safe as
$$ select nullif(current_setting('tl.person', true), '')::integer $$;
create or replace function tl_name() returns text language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('tl.name', true), ''), 'Throughline') $$;
create or replace function tl_clearance() returns smallint language sql stable parallel safe as
$$ select nullif(current_setting('tl.clearance', true), '')::smallint $$;
create or replace function tl_conditions() returns smallint language sql stable parallel safe as
$$ select nullif(current_setting('tl.conditions', true), '')::smallint $$;
create or replace function tl_compartments() returns smallint[] language sql stable parallel safe as
$$ select nullif(current_setting('tl.compartments', true), '')::smallint[] $$;
create or replace function tl_teams() returns integer[] language sql stable parallel safe as
$$ select nullif(current_setting('tl.teams', true), '')::integer[] $$;
create or replace function tl_may(permission text) returns boolean language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('tl.permissions', true), '')::jsonb ? permission, false) $$;
