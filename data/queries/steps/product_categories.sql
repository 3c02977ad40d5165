-- Grain of categories: one row per product that has one: the category that was said of it last.
categories as (
    select
        product_key,
        list(category order by updated_at desc, since_on desc nulls last, currency)[1] as category
    from product_costs
    where category <> ''
    group by product_key
)
