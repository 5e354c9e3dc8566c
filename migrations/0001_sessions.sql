-- Every table begins with workspace_id: tenancy, row-level security and sharding follow that one column.

create table workspace (
  workspace_id uuid primary key,
  name text not null,
  created_at timestamptz not null
);

-- The single workspace of a local installation.
insert into workspace values ('00000000-0000-0000-0000-000000000001', 'local', '2026-01-01');

-- Problems, rubrics and prompts as they were when a session pinned them; never updated.
create table content (
  workspace_id uuid not null references workspace,
  hash text not null,
  kind text not null check (kind in ('problem', 'rubric', 'prompt')),
  name text not null,
  body text not null,
  first_seen_at timestamptz not null,
  primary key (workspace_id, hash)
);

-- The row that a conductor locks while it works on a session, and what lists show of it.
create table session (
  workspace_id uuid not null references workspace,
  session_id uuid not null,
  channel text not null,
  owner_hash text not null,
  token_hash text not null,
  problem text not null,
  problem_hash text not null,
  swap_hash text,
  rubric_hash text not null,
  level text not null,
  mode text not null,
  state text not null,
  step text not null,
  version integer not null,
  active_seconds double precision not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, session_id)
);
create index session_by_owner on session (workspace_id, owner_hash, created_at desc);

-- The truth. Text of turns is referred to by id.
create table session_event (
  workspace_id uuid not null,
  session_id uuid not null,
  number integer not null,
  type text not null,
  schema_version integer not null,
  at timestamptz not null,
  data jsonb not null,
  primary key (workspace_id, session_id, number),
  foreign key (workspace_id, session_id) references session on delete cascade
);

-- The only table that holds what people wrote, apart from raw deliveries: erase here, and history stands.
create table turn_text (
  workspace_id uuid not null,
  text_id uuid not null,
  session_id uuid not null,
  body text not null,
  primary key (workspace_id, text_id),
  foreign key (workspace_id, session_id) references session on delete cascade
);
create index turn_text_by_session on turn_text (workspace_id, session_id);

create table turn (
  workspace_id uuid not null,
  session_id uuid not null,
  n integer not null,
  speaker text not null,
  step text not null,
  kind text not null,
  message_key text,
  text_id uuid not null,
  said_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (workspace_id, session_id, n),
  foreign key (workspace_id, session_id) references session on delete cascade
);

-- What has reached us and is yet to be handled, in order of its identity; timers too, with the time they fall due.
create table inbox (
  workspace_id uuid not null,
  inbox_id bigint generated always as identity,
  session_id uuid not null,
  kind text not null,
  delivery_key text not null,
  message_key text,
  timer_event integer,
  received_at timestamptz not null,
  due_at timestamptz not null,
  state text not null default 'due' check (state in ('due', 'done', 'dead')),
  attempts integer not null default 0,
  error text,
  done_at timestamptz,
  primary key (workspace_id, inbox_id),
  foreign key (workspace_id, session_id) references session on delete cascade
);
create unique index inbox_once on inbox (workspace_id, session_id, delivery_key);
create unique index inbox_message_once on inbox (workspace_id, session_id, message_key) where message_key is not null;
create index inbox_due on inbox (due_at, workspace_id, session_id) where state = 'due';
create index inbox_of_session on inbox (workspace_id, session_id, inbox_id) where state <> 'done';

-- Raw deliveries, kept apart with a retention of their own.
create table delivery (
  workspace_id uuid not null,
  inbox_id bigint not null,
  session_id uuid not null,
  body bytea not null,
  primary key (workspace_id, inbox_id),
  foreign key (workspace_id, session_id) references session on delete cascade
);
create index delivery_by_session on delivery (workspace_id, session_id);

-- What is to be done outside, with a lease and a fencing token.
create table outbox (
  workspace_id uuid not null,
  effect_id uuid not null,
  session_id uuid not null,
  event_number integer not null,
  kind text not null,
  body jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'attempting', 'done', 'dead')),
  due_at timestamptz not null,
  lease_until timestamptz,
  fence bigint not null default 0,
  attempts integer not null default 0,
  error text,
  created_at timestamptz not null,
  primary key (workspace_id, effect_id),
  foreign key (workspace_id, session_id) references session on delete cascade
);
create index outbox_due on outbox (due_at) where state in ('queued', 'attempting');

create table scorecard (
  workspace_id uuid not null,
  scorecard_id uuid not null,
  session_id uuid not null,
  rater text not null,
  grader_mode text not null,
  problem text not null,
  problem_hash text not null,
  level text not null,
  rubric_id text not null,
  rubric_version text not null,
  rubric_hash text not null,
  engine text not null,
  mean double precision,
  coverage double precision not null,
  recommendation text not null,
  level_shown text,
  notices text[] not null,
  flags jsonb not null,
  scored_at timestamptz not null,
  primary key (workspace_id, scorecard_id),
  foreign key (workspace_id, session_id) references session on delete cascade
);
create index scorecard_by_session on scorecard (workspace_id, session_id);

create table score (
  workspace_id uuid not null,
  scorecard_id uuid not null,
  criterion text not null,
  value integer check (value between 1 and 4),
  state text not null,
  why text not null,
  raise text not null,
  checks jsonb not null,
  primary key (workspace_id, scorecard_id, criterion),
  foreign key (workspace_id, scorecard_id) references scorecard on delete cascade
);

create table evidence (
  workspace_id uuid not null,
  scorecard_id uuid not null,
  criterion text not null,
  ordinal integer not null,
  session_id uuid not null,
  turn_n integer not null,
  start_at integer not null,
  length integer not null,
  primary key (workspace_id, scorecard_id, criterion, ordinal),
  foreign key (workspace_id, scorecard_id, criterion) references score on delete cascade
);

-- Idempotency-Key of POST /api/v1/sessions: the same key with the same request gives the same session.
create table request_key (
  workspace_id uuid not null,
  owner_hash text not null,
  key text not null,
  request_hash text not null,
  session_id uuid not null,
  created_at timestamptz not null,
  primary key (workspace_id, owner_hash, key),
  foreign key (workspace_id, session_id) references session on delete cascade
);
