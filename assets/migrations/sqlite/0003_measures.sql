-- What was measured: scores of questionnaires and physical tests, each once.
--
-- A mistake is put right by a new row that names the old one; "unique" keeps a
-- row from being corrected twice, and the foreign keys keep a row from pointing
-- at another patient's measurement or screen.

create table measures(
  id         text primary key check (length(id) > 0),
  patient_id text not null references patients(id),
  version    integer not null check (version >= 1),
  corrects   text unique check (corrects <> id),
  screen_id  text,
  body       text not null check (json_valid(body)),
  unique (patient_id, version),
  unique (patient_id, id),
  foreign key (patient_id, corrects) references measures(patient_id, id),
  foreign key (patient_id, screen_id) references screens(patient_id, id)
) strict;

create trigger measures_never_change before update on measures begin select raise(abort, 'measurements are only added'); end;
create trigger measures_never_leave before delete on measures begin select raise(abort, 'measurements are only added'); end;
create trigger measures_in_order before insert on measures
  when new.version <> (select coalesce(max(version), 0) + 1 from measures where patient_id = new.patient_id)
    or exists (select 1 from measures where id = new.id)
    or exists (select 1 from measures where corrects = new.corrects)
  begin select raise(abort, 'measurements are added in order'); end;
