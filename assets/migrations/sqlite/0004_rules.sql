-- The clinic's own rules: what was signed, and every set of rules that a screen
-- was signed under, whole, so that it can be run again to the same answer when
-- the program has long been shipping others.

create table rules_versions(
  number integer primary key check (number >= 1),
  body   text not null check (json_valid(body))
) strict;

-- file is the rules file that the set stands on, byte for byte.
create table rules_sets(
  hash text primary key check (length(hash) > 0),
  body text not null check (json_valid(body)),
  file blob not null
) strict;

create trigger rules_versions_never_change before update on rules_versions begin select raise(abort, 'rules are only added'); end;
create trigger rules_versions_never_leave before delete on rules_versions begin select raise(abort, 'rules are only added'); end;
create trigger rules_versions_in_order before insert on rules_versions
  when new.number <> (select coalesce(max(number), 0) + 1 from rules_versions)
  begin select raise(abort, 'rules are added in order'); end;

create trigger rules_sets_never_change before update on rules_sets begin select raise(abort, 'rules are only added'); end;
create trigger rules_sets_never_leave before delete on rules_sets begin select raise(abort, 'rules are only added'); end;
create trigger rules_sets_once before insert on rules_sets
  when exists (select 1 from rules_sets where hash = new.hash)
  begin select raise(abort, 'these rules are already here'); end;
