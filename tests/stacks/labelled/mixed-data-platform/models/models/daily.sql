select 1 as snowflake
