-- The records of one clinic.
--
-- Patients and drafts are edited in place; the trail says by whom. Everything
-- that is saved as a version or signed is only ever added: the triggers below
-- stop a change or removal even by a tool that knows nothing of the program.
-- The insert triggers are needed because "insert or replace" fires no delete
-- trigger.

create table settings(
  version integer primary key check (version >= 1),
  body    text not null check (json_valid(body))
) strict;

create table patients(
  rid        integer primary key,
  id         text not null unique check (length(id) > 0),
  number     integer not null unique check (number >= 1),
  version    integer not null check (version >= 1),
  last_name  text not null,
  first_name text not null,
  name_key   text not null,
  birth_date text not null check (birth_date = '' or birth_date glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  sex        text not null check (sex in ('', 'female', 'male')),
  phone      text not null,
  no_phone   integer not null check (no_phone in (0, 1)),
  practice   integer not null check (practice in (0, 1)),
  created_at integer not null,
  updated_at integer not null
) strict;
create index patients_by_name on patients(name_key, birth_date, number);
create index patients_by_birth_date on patients(birth_date, number);

-- The folded words that a patient is found by, made by the program so that
-- every kind of store finds the same people.
create table patient_words(
  word text not null,
  rid  integer not null references patients(rid),
  primary key (word, rid)
) strict, without rowid;
create index patient_words_by_patient on patient_words(rid);

create table intakes(
  id         text primary key check (length(id) > 0),
  patient_id text not null references patients(id),
  version    integer not null check (version >= 1),
  body       text not null check (json_valid(body)),
  unique (patient_id, version)
) strict;

create table screens(
  id         text primary key check (length(id) > 0),
  patient_id text not null references patients(id),
  version    integer not null check (version >= 1),
  body       text not null check (json_valid(body)),
  unique (patient_id, version),
  unique (patient_id, id)
) strict;

create table plans(
  id         text primary key check (length(id) > 0),
  patient_id text not null references patients(id),
  version    integer not null check (version >= 1),
  screen_id  text not null,
  body       text not null check (json_valid(body)),
  unique (patient_id, version),
  unique (patient_id, id),
  foreign key (patient_id, screen_id) references screens(patient_id, id)
) strict;

create table handouts(
  id         text primary key check (length(id) > 0),
  patient_id text not null references patients(id),
  version    integer not null check (version >= 1),
  plan_id    text not null,
  body       text not null check (json_valid(body)),
  pdf        blob not null,
  unique (patient_id, version),
  foreign key (patient_id, plan_id) references plans(patient_id, id)
) strict;

create table drafts(
  patient_id text not null references patients(id),
  section    text not null check (length(section) > 0),
  data       blob not null,
  saved_at   integer not null,
  saved_by   text not null check (json_valid(saved_by)),
  primary key (patient_id, section)
) strict, without rowid;

create table audit(
  seq         integer primary key check (seq >= 1),
  at          integer not null,
  actor       text not null,
  workstation text not null,
  action      text not null check (length(action) > 0),
  patient_id  text not null,
  object      text not null
) strict;

create trigger settings_never_change before update on settings begin select raise(abort, 'settings are only added'); end;
create trigger settings_never_leave before delete on settings begin select raise(abort, 'settings are only added'); end;
create trigger settings_in_order before insert on settings
  when new.version <> (select coalesce(max(version), 0) + 1 from settings)
  begin select raise(abort, 'settings are added in order'); end;

create trigger patients_never_leave before delete on patients begin select raise(abort, 'patients are never removed'); end;
create trigger patients_keep_identity before update of id, number on patients begin select raise(abort, 'an id never changes'); end;
create trigger patients_once before insert on patients
  when exists (select 1 from patients where id = new.id or number = new.number or rid = new.rid)
  begin select raise(abort, 'this patient is already here'); end;

create trigger intakes_never_change before update on intakes begin select raise(abort, 'intakes are only added'); end;
create trigger intakes_never_leave before delete on intakes begin select raise(abort, 'intakes are only added'); end;
create trigger intakes_in_order before insert on intakes
  when new.version <> (select coalesce(max(version), 0) + 1 from intakes where patient_id = new.patient_id)
    or exists (select 1 from intakes where id = new.id)
  begin select raise(abort, 'intakes are added in order'); end;

create trigger screens_never_change before update on screens begin select raise(abort, 'screens are only added'); end;
create trigger screens_never_leave before delete on screens begin select raise(abort, 'screens are only added'); end;
create trigger screens_in_order before insert on screens
  when new.version <> (select coalesce(max(version), 0) + 1 from screens where patient_id = new.patient_id)
    or exists (select 1 from screens where id = new.id)
  begin select raise(abort, 'screens are added in order'); end;

create trigger plans_never_change before update on plans begin select raise(abort, 'plans are only added'); end;
create trigger plans_never_leave before delete on plans begin select raise(abort, 'plans are only added'); end;
create trigger plans_in_order before insert on plans
  when new.version <> (select coalesce(max(version), 0) + 1 from plans where patient_id = new.patient_id)
    or exists (select 1 from plans where id = new.id)
  begin select raise(abort, 'plans are added in order'); end;

create trigger handouts_never_change before update on handouts begin select raise(abort, 'handouts are only added'); end;
create trigger handouts_never_leave before delete on handouts begin select raise(abort, 'handouts are only added'); end;
create trigger handouts_in_order before insert on handouts
  when new.version <> (select coalesce(max(version), 0) + 1 from handouts where patient_id = new.patient_id)
    or exists (select 1 from handouts where id = new.id)
  begin select raise(abort, 'handouts are added in order'); end;

create trigger audit_never_changes before update on audit begin select raise(abort, 'the trail is only added to'); end;
create trigger audit_never_leaves before delete on audit begin select raise(abort, 'the trail is only added to'); end;
create trigger audit_in_order before insert on audit
  when new.seq <> (select coalesce(max(seq), 0) + 1 from audit)
  begin select raise(abort, 'the trail has no gap'); end;
