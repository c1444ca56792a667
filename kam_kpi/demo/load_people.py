"""Our company, its people and team, the customers and their contacts."""
from odoo import Command

from . import dice, story
from .contacts import contacts_of, email_of
from .ledger import EARLY, euro_rate
from .logos import monogram

STREETS = ("Mill Lane", "Station Road", "Innovation Drive", "River Street", "Park Avenue", "Foundry Road")
# Who leads a team sees its documents as well.
SALES = {'leader': ('sales_team.group_sale_salesman_all_leads',), 'manager': ('sales_team.group_sale_manager',)}


def load_people(scene):
    """Set up who is who; everything else needs it."""
    _company(scene)
    _currencies(scene)
    _users(scene)
    _team(scene)
    _customers(scene)


def _company(scene):
    """Dress Odoo's demonstration company for the story, unless somebody has named it."""
    env, company = scene.env, scene.company
    if company.name in ('YourCompany', 'My Company'):
        place = {'state_id': env.ref(story.STATE).id, 'country_id': env.ref(story.COUNTRY).id}
        company.write({**story.COMPANY, **place, 'logo': monogram(story.COMPANY['name'], '#134e4a')})
    company.partner_id.tz = story.TIME_ZONE
    company.resource_calendar_id.tz = story.TIME_ZONE
    scene.today = company._kam_today()


def _currencies(scene):
    env = scene.env
    euro = env.ref('base.EUR')
    euro.active = True
    scene.currencies['EUR'] = euro
    days = {scene.day(month, 1): euro_rate(month) for month in range(EARLY[0] - 2, 1)}
    known = env['res.currency.rate'].search([
        ('currency_id', '=', euro.id), ('company_id', 'in', [scene.company.id, False]), ('name', '>=', min(days))])
    known.unlink()
    env['res.currency.rate'].create([
        {'currency_id': euro.id, 'company_id': scene.company.id, 'name': day, 'rate': rate} for day, rate in days.items()])


def _users(scene):
    env = scene.env
    for user in story.USERS:
        record = env['res.users'].search([('login', '=', user.login)]) or env['res.users'].create({
            'name': user.name,
            'login': user.login,
            'password': user.login,
            'email': f'{user.login}@tessaro.example.com',
            'function': user.function,
            'tz': story.TIME_ZONE,
            'lang': 'en_US',
            'notification_type': 'inbox',
            'company_id': scene.company.id,
            'company_ids': [Command.set(scene.company.ids)],
            'group_ids': [Command.set([env.ref(group).id for group in ('base.group_user', f'kam_kpi.group_kam_{user.group}', *SALES.get(user.group, ()))])],
            'image_1920': monogram(user.name, user.colour),
        })
        scene.users[user.login] = scene.name(record, f'res_users_{user.login}')


def _team(scene):
    scene.team = scene.name(scene.env['crm.team'].create({
        'name': "Key Accounts",
        'user_id': scene.users['leo'].id,
        'company_id': scene.company.id,
        'use_leads': True,
        'sequence': 1,
        'crm_team_member_ids': [Command.create({'user_id': scene.users[login].id}) for login in ('anna', 'ben', 'clara')],
    }), 'crm_team_key_accounts')


def _customer_values(scene, account):
    env = scene.env
    return {
        'name': account.name,
        'is_company': True,
        'street': f"{dice.between(2, 180, 'house', account.key)} {dice.pick(STREETS, 'street', account.key)}",
        'city': account.city,
        'country_id': env.ref(f'base.{account.country}').id,
        'industry_id': env.ref(account.industry).id,
        'email': f'office@{account.key}.example.com',
        'website': f'https://{account.key}.example.com',
        'phone': f"+1 555 {dice.between(100, 999, 'phone', account.key)} {dice.between(1000, 9999, 'line', account.key)}",
        'user_id': scene.users[account.owner].id,
        'company_id': False,
        'image_1920': monogram(account.name, account.colour),
        'comment': False,
    }


def _customers(scene):
    env = scene.env
    partners = scene.create('res.partner', [_customer_values(scene, account) for account in story.CUSTOMERS])
    euro_prices = env['product.pricelist'].create({
        'name': "Europe", 'currency_id': scene.currencies['EUR'].id, 'company_id': scene.company.id})
    for account, partner in zip(story.CUSTOMERS, partners, strict=True):
        scene.partners[account.key] = scene.name(partner, f'res_partner_{account.key}')
        if account.currency == 'EUR':
            partner.specific_property_product_pricelist = euro_prices
    rows = [(account.key, contact) for account in story.CUSTOMERS for contact in contacts_of(account.key)]
    contacts = scene.create('res.partner', [{
        'name': contact.name,
        'parent_id': scene.partners[key].id,
        'function': contact.function,
        'type': 'invoice' if contact.role == 'invoice' else 'contact',
        'email': email_of(key, contact.name),
        'user_id': scene.partners[key].user_id.id,
    } for key, contact in rows])
    for (key, contact), record in zip(rows, contacts, strict=True):
        scene.contacts[key, contact.name] = record
