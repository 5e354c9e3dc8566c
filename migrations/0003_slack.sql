-- Slack: its teams, where their interviews live, what came in, and what is to be posted there.

-- A Slack team is a workspace of ours. Tokens are sealed with a configured key; null where a token itself is configured.
create table slack_team (
  workspace_id uuid not null references workspace,
  team_id text not null unique,
  name text not null,
  bot_user_id text not null,
  app_id text not null,
  scopes text not null,
  token bytea,
  refresh_token bytea,
  token_expires_at timestamptz,
  state text not null check (state in ('installed', 'removed')),
  installed_at timestamptz not null,
  updated_at timestamptz not null,
  -- One sender at a time paces what is posted, whatever the number of nodes.
  sender uuid,
  sender_until timestamptz,
  primary key (workspace_id)
);

-- The thread of a direct message that an interview runs in; channel and thread are null until its first post is out.
create table slack_thread (
  workspace_id uuid not null,
  session_id uuid not null,
  user_id text not null,
  channel_id text,
  thread_ts text,
  primary key (workspace_id, session_id),
  foreign key (workspace_id, session_id) references session on delete cascade
);
create unique index slack_thread_by_place on slack_thread (workspace_id, channel_id, thread_ts) where thread_ts is not null;
create index slack_thread_by_user on slack_thread (workspace_id, user_id);

-- Events as Slack delivered them, committed before they are acknowledged, in the order in which they came. What they hold is
-- emptied once they have found their way.
create table slack_delivery (
  workspace_id uuid not null,
  delivery_id bigint generated always as identity,
  event_id text not null,
  body bytea not null,
  retry integer not null default 0,
  retry_reason text,
  received_at timestamptz not null,
  -- Later than at once where it waits until its thread is known.
  due_at timestamptz not null default '-infinity',
  state text not null default 'due' check (state in ('due', 'done', 'refused', 'dead')),
  error text,
  primary key (workspace_id, event_id)
);
create index slack_delivery_due on slack_delivery (received_at, delivery_id) where state = 'due';

-- Files that came with an answer: what they are and where the platform keeps them. They are not scored.
create table attachment (
  workspace_id uuid not null,
  session_id uuid not null,
  message_key text not null,
  ordinal integer not null,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  reference text not null,
  received_at timestamptz not null,
  primary key (workspace_id, session_id, message_key, ordinal),
  foreign key (workspace_id, session_id) references session on delete cascade
);

-- What is posted keeps its order within a lane; what belongs to no session has none.
alter table outbox alter column session_id drop not null;
alter table outbox add column outbox_seq bigint generated always as identity;
alter table outbox add column lane text;
create index outbox_by_lane on outbox (workspace_id, lane, outbox_seq) where lane is not null and state <> 'done';
create index outbox_posts_due on outbox (due_at) where lane is not null and state in ('queued', 'attempting');

-- Deleting a session must not read whole tables, and a message is looked for by its own key.
create index outbox_by_session on outbox (workspace_id, session_id);
create index request_key_by_session on request_key (workspace_id, session_id);
create index inbox_by_message on inbox (workspace_id, message_key) where message_key is not null;
