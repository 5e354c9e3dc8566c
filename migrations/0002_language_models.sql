-- Language models: what was asked and answered, what it cost, and both parts of a score.

-- A workspace can forbid that what candidates write goes to a language model.
alter table workspace add column models_allowed boolean not null default true;

-- One row for each call. It holds no text and outlives its session, since budgets are counted on it.
create table model_call (
  workspace_id uuid not null references workspace,
  call_id uuid not null,
  session_id uuid not null,
  effect_id uuid not null,
  role text not null,
  sample text not null,
  name text not null,
  model text not null,
  parameters jsonb not null,
  request_hash text not null,
  prompt_hash text not null,
  rubric_hash text not null,
  input_tokens integer not null,
  output_tokens integer not null,
  cached_tokens integer not null,
  cost double precision,
  latency_ms integer not null,
  outcome text not null,
  called_at timestamptz not null,
  primary key (workspace_id, call_id)
);
create index model_call_by_day on model_call (workspace_id, called_at);
create index model_call_by_session on model_call (workspace_id, session_id);
create index model_call_by_effect on model_call (workspace_id, effect_id);

-- Raw replies, kept apart with a retention of their own: they may repeat what a candidate wrote.
create table model_reply (
  workspace_id uuid not null,
  call_id uuid not null,
  session_id uuid not null,
  body text not null,
  primary key (workspace_id, call_id),
  foreign key (workspace_id, session_id) references session on delete cascade
);
create index model_reply_by_session on model_reply (workspace_id, session_id);

-- A scorecard made when the session ended, or one made later beside it.
alter table scorecard add column origin text not null default 'session' check (origin in ('session', 'rescore'));
alter table scorecard add column prompt_hash text;
alter table scorecard add column language text;
alter table scorecard add column models text[] not null default '{}';

-- The models' words stand in turn_text.
alter table score add column model_value integer check (model_value between 1 and 4);
alter table score add column model_samples integer[];
alter table score add column rules_value integer check (rules_value between 1 and 4);
alter table score add column review text[] not null default '{}';
alter table score add column missing_text_id uuid;
alter table score add column raise_text_id uuid;
