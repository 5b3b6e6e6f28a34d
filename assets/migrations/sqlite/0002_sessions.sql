-- Training sessions. A correction, or the pain of the next day, is a new row
-- that names the row it replaces; no row ever changes. Each row is replaced at
-- most once, so that there is one newest version of every session.

create table sessions(
  id         text primary key check (length(id) > 0),
  patient_id text not null references patients(id),
  version    integer not null check (version >= 1),
  plan_id    text not null,
  replaces   text unique,
  body       text not null check (json_valid(body)),
  unique (patient_id, version),
  unique (patient_id, id),
  foreign key (patient_id, plan_id) references plans(patient_id, id),
  foreign key (patient_id, replaces) references sessions(patient_id, id)
) strict;

create trigger sessions_never_change before update on sessions begin select raise(abort, 'sessions are only added'); end;
create trigger sessions_never_leave before delete on sessions begin select raise(abort, 'sessions are only added'); end;
create trigger sessions_in_order before insert on sessions
  when new.version <> (select coalesce(max(version), 0) + 1 from sessions where patient_id = new.patient_id)
    or exists (select 1 from sessions where id = new.id)
  begin select raise(abort, 'sessions are added in order'); end;
create trigger sessions_replaced_once before insert on sessions
  when new.replaces is not null and exists (select 1 from sessions where replaces = new.replaces)
  begin select raise(abort, 'this session was replaced already'); end;
