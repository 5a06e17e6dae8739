-- Looks through the tokens that were there before (V63) while they are read and written.
alter table api_token validate constraint api_token_owned;
