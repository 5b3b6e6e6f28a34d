-- Papers for clinicians that were given out, with their exact bytes. A blank form
-- is about no screen. Only ever added.

create table papers(
  id         text primary key check (length(id) > 0),
  patient_id text not null references patients(id),
  version    integer not null check (version >= 1),
  screen_id  text,
  body       text not null check (json_valid(body)),
  pdf        blob not null,
  unique (patient_id, version),
  foreign key (patient_id, screen_id) references screens(patient_id, id)
) strict;

create trigger papers_never_change before update on papers begin select raise(abort, 'papers are only added'); end;
create trigger papers_never_leave before delete on papers begin select raise(abort, 'papers are only added'); end;
create trigger papers_in_order before insert on papers
  when new.version <> (select coalesce(max(version), 0) + 1 from papers where patient_id = new.patient_id)
    or exists (select 1 from papers where id = new.id)
  begin select raise(abort, 'papers are added in order'); end;
