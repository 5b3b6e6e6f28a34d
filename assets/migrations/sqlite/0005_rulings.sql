-- What therapists put on record beside the answers: clearances, overrides,
-- practitioners of record, and the withdrawal of one of those. Only ever added.

create table rulings(
  id         text primary key check (length(id) > 0),
  patient_id text not null references patients(id),
  version    integer not null check (version >= 1),
  screen_id  text,
  body       text not null check (json_valid(body)),
  unique (patient_id, version),
  foreign key (patient_id, screen_id) references screens(patient_id, id)
) strict;

create trigger rulings_never_change before update on rulings begin select raise(abort, 'rulings are only added'); end;
create trigger rulings_never_leave before delete on rulings begin select raise(abort, 'rulings are only added'); end;
create trigger rulings_in_order before insert on rulings
  when new.version <> (select coalesce(max(version), 0) + 1 from rulings where patient_id = new.patient_id)
    or exists (select 1 from rulings where id = new.id)
  begin select raise(abort, 'rulings are added in order'); end;
