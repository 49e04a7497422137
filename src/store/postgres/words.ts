/**
 * The tables ask for parts of bodies in SQLite's words (sqlite.org/json1.html), which PostgreSQL 15 has under other names and
 * with other signs for paths; it keeps no character 0 in a text. They are taught to the database, so that every statement is the same in both.
 */
export const WORDS = `
create or replace function json_valid(body text) returns boolean language plpgsql immutable as $$
begin
  perform body::json;
  return true;
exception when others then
  return false;
end $$;

create or replace function json_steps(path text) returns text[] language sql immutable as $$
  select string_to_array(ltrim(replace(replace(substr(path, 2), '[', '.'), ']', ''), '.'), '.')
$$;

create or replace function json_body(body text) returns json language sql immutable as $$
  select replace(body, '\\u0000', '\\ufffd')::json
$$;

create or replace function json_extract(body text, path text) returns text language sql immutable as $$
  select case json_typeof(json_body(body) #> json_steps(path))
    when 'boolean' then case json_body(body) #>> json_steps(path) when 'true' then '1' else '0' end
    else json_body(body) #>> json_steps(path)
  end
$$;

create or replace function json_set(body text, path text, value text) returns text language sql immutable as $$
  select jsonb_set(json_body(body)::jsonb, json_steps(path), to_jsonb(value))::text
$$;

create or replace function json_remove(body text, path text) returns text language sql immutable as $$
  select (json_body(body)::jsonb #- json_steps(path))::text
$$;

create or replace function json_each(list text) returns table (key text, value text) language sql immutable as $$
  select (place - 1)::text, entry::text from json_array_elements(json_body(list)) with ordinality as listed (entry, place)
$$;
`;

/** The last of them: where it is not there, all are made. */
export const LAST_WORD = "json_each(text)";
