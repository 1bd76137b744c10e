{{ staged('deal_contacts', source('salesforce', 'opportunity_contact_role'), {
    'deal_id': id_of('salesforce', salesforce_id('opportunity_id')),
    'lead_id': id_of('salesforce', salesforce_id('contact_id')),
    'role': 'role',
    'added_at': salesforce_time('created_date'),
}, where='not ' ~ salesforce_is_gone(), counts='salesforce__opportunity_contact_role') }}

select * from final
